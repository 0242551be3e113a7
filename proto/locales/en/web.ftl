### Sentences that both web pages need.

resident-page-title = Report something
resident-short-title = Reports
console-page-title = Cases
planner-page-title = Map and figures
without-script = This page needs JavaScript. You can also report without this page: see Contact for the ways to do so.
without-script-console = This page needs JavaScript. Please turn it on in your browser.
without-script-planner = This page needs JavaScript. The same figures are there as a file:
without-script-planner-file = Reports by district (CSV)

skip-to-content = Skip to content
language = Language
loading = Loading …
try-again = Try again

demonstration-label = About the data
demonstration = Demonstration data.
demonstration-detail = All people and cases here are invented.

unreachable-title = No connection
unreachable-detail = The city cannot be reached right now. Please check your network and try again. Nothing is lost.
unexpected-title = That did not work
unexpected-detail = The fault is ours. Please try again in a few minutes. Nothing is lost.

status-received = Received
status-in_review = Being checked
status-in_progress = Work ordered
status-done = Done
status-not_possible = Not possible
status-handed_over = Responsible: { $agency }
status-handed-over-unnamed = Another office is responsible
status-withdrawn = Withdrawn

footer-label = Legal
footer-imprint = Imprint
footer-privacy = Privacy
footer-accessibility = Accessibility
footer-contact = Contact

map-title = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-attribution = Sources of the map
map-opening = The map is opening …
map-failed = The map cannot be opened here. Everything works without it, too.

place-near = Near { $place }
photo-number = Photo { $number }
photo-unreadable = This photo cannot be read. Please choose a JPEG, PNG or WebP photo.
