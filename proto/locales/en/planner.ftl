### Sentences of the page with map and figures.

planner-title = Reports at a glance
planner-intro = What was reported, where it is and how long it takes.

planner-questions = With one click
planner-question = { $group } by district, two years
planner-question-all = All reports by district, two years
planner-question-service = Most frequent services, twelve months
planner-question-open = What is still open, by group
planner-questions-more = More questions

planner-filters = Selection
planner-filters-count = { $count ->
    [0] Selection
   *[other] Selection ({ $count })
}
planner-filter-group = Group
planner-filter-service = Service
planner-filter-status = Status
planner-filter-status-open = Still open
planner-filter-district = District
planner-filter-period = Period
planner-filter-from = From
planner-filter-to = To
planner-filter-all = All
planner-filter-clear = Clear selection
planner-period-30d = Last 30 days
planner-period-12m = Last twelve months
planner-period-24m = Last two years
planner-period-own = Own days

planner-count = { $count ->
    [one] { $number } report
   *[other] { $number } reports
}
planner-open = { $number } open
planner-median = { $days ->
    [one] { $number } day until the end (median)
   *[other] { $number } days until the end (median)
}
planner-span = from { $from } to { $to }

planner-view = View
planner-view-map = Map
planner-view-list = List
planner-view-figures = Figures

planner-map = Map of reports. The same reports are in the list.
planner-legend-open = open
planner-legend-ended = ended
planner-legend-cluster = several
planner-legend-count = Reports
planner-legend-per_1000 = Reports per 1,000 people
planner-legend-range = { $from } to { $to }

planner-list = Reports, newest first
planner-list-service = Service
planner-list-status = Status
planner-list-place = Place
planner-list-received = Received
planner-list-shown = { $shown } of { $all } shown
planner-list-unplaced = { $count ->
    [one] One more has no point on the map yet and is in the figures only.
   *[other] { $number } more have no point on the map yet and are in the figures only.
}
planner-list-more = Load more
planner-list-empty = No report fits this selection.
planner-no-place = No address

planner-chosen = Chosen report
planner-chosen-page = Page of the report
planner-chosen-on-map = Show on the map
planner-chosen-close = Close

planner-by = Count by
planner-by-none = Together only
planner-by-district = District
planner-by-service_group = Group
planner-by-service_code = Service
planner-by-status = Status
planner-ranking = Ranking
planner-rank = Rank
planner-column-count = Reports
planner-column-share = Share
planner-column-per-1000 = per 1,000 people
planner-column-open = open
planner-column-median = Days (median)
planner-row-more = { $open } open · { $days } days
planner-row-open = { $open } open
planner-row-list = { $name }: { $count } reports as a list
planner-unofficial = The borders of the districts are not official but drawn for practice. The numbers of inhabitants are practice data, too.

planner-timeline = Received per month
planner-timeline-text = Bars per month from { $from } to { $to }. Most: { $most } in { $month }. The same figures are in the table below.
planner-timeline-table = As a table
planner-timeline-month = Month
planner-timeline-most = at most { $most }

planner-take = Take along
planner-csv = Table (CSV)
planner-copy = Copy link
planner-copied = Link copied.
planner-copy-failed = Please copy the address from the address bar.
planner-qgis = Open in QGIS
planner-qgis-how = In QGIS choose “Add Layer › WFS / OGC API – Features”, make a new connection with this address and add the collection “{ $collection }”.
planner-qgis-address = Address of the connection
planner-qgis-copy = Copy address
planner-qgis-copied = Address copied.
planner-geojson = Selection as GeoJSON
