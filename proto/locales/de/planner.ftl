### Sätze der Seite mit Karte und Zahlen.

planner-title = Meldungen auf einen Blick
planner-intro = Was gemeldet wurde, wo es liegt und wie lange es dauert.

planner-questions = Mit einem Klick
planner-question = { $group } nach Ortsteil, zwei Jahre
planner-question-all = Alle Meldungen nach Ortsteil, zwei Jahre
planner-question-service = Häufigste Anliegen, zwölf Monate
planner-question-open = Was noch offen ist, nach Bereich
planner-questions-more = Weitere Fragen

planner-filters = Auswahl
planner-filters-count = { $count ->
    [0] Auswahl
   *[other] Auswahl ({ $count })
}
planner-filter-group = Bereich
planner-filter-service = Anliegen
planner-filter-status = Stand
planner-filter-status-open = Noch offen
planner-filter-district = Ortsteil
planner-filter-period = Zeitraum
planner-filter-from = Vom
planner-filter-to = Bis
planner-filter-all = Alle
planner-filter-clear = Auswahl aufheben
planner-period-30d = Letzte 30 Tage
planner-period-12m = Letzte zwölf Monate
planner-period-24m = Letzte zwei Jahre
planner-period-own = Eigene Tage

planner-count = { $count ->
    [one] { $number } Meldung
   *[other] { $number } Meldungen
}
planner-open = { $number } offen
planner-median = { $days ->
    [one] { $number } Tag bis zum Ende (Median)
   *[other] { $number } Tage bis zum Ende (Median)
}
planner-span = vom { $from } bis { $to }

planner-view = Ansicht
planner-view-map = Karte
planner-view-list = Liste
planner-view-figures = Zahlen

planner-map = Karte der Meldungen. Dieselben Meldungen stehen in der Liste.
planner-legend-open = offen
planner-legend-ended = abgeschlossen
planner-legend-cluster = mehrere
planner-legend-count = Meldungen
planner-legend-per_1000 = Meldungen je 1.000 Personen
planner-legend-range = { $from } bis { $to }

planner-list = Meldungen, die neuesten zuerst
planner-list-service = Anliegen
planner-list-status = Stand
planner-list-place = Ort
planner-list-received = Eingegangen
planner-list-shown = { $shown } von { $all } gezeigt
planner-list-unplaced = { $count ->
    [one] Eine weitere hat noch keinen Punkt auf der Karte und steht nur in den Zahlen.
   *[other] Weitere { $number } haben noch keinen Punkt auf der Karte und stehen nur in den Zahlen.
}
planner-list-more = Weitere laden
planner-list-empty = Keine Meldung passt zu dieser Auswahl.
planner-no-place = Ohne Adresse

planner-chosen = Gewählte Meldung
planner-chosen-page = Seite der Meldung
planner-chosen-on-map = Auf der Karte zeigen
planner-chosen-close = Schließen

planner-by = Zählen nach
planner-by-none = Nur zusammen
planner-by-district = Ortsteil
planner-by-service_group = Bereich
planner-by-service_code = Anliegen
planner-by-status = Stand
planner-ranking = Rangliste
planner-rank = Rang
planner-column-count = Meldungen
planner-column-share = Anteil
planner-column-per-1000 = je 1.000 Personen
planner-column-open = offen
planner-column-median = Tage (Median)
planner-row-more = { $open } offen · { $days } Tage
planner-row-open = { $open } offen
planner-row-list = { $name }: { $count } Meldungen als Liste
planner-unofficial = Die Grenzen der Ortsteile sind nicht amtlich, sondern zur Übung gezeichnet. Auch die Einwohnerzahlen sind Übungsdaten.

planner-timeline = Eingang je Monat
planner-timeline-text = Balken je Monat von { $from } bis { $to }. Am meisten: { $most } im { $month }. Dieselben Zahlen stehen in der Tabelle darunter.
planner-timeline-table = Als Tabelle
planner-timeline-month = Monat
planner-timeline-most = höchstens { $most }

planner-take = Mitnehmen
planner-csv = Tabelle (CSV)
planner-copy = Link kopieren
planner-copied = Link kopiert.
planner-copy-failed = Bitte kopieren Sie die Adresse aus der Adresszeile.
planner-qgis = In QGIS öffnen
planner-qgis-how = In QGIS „Layer hinzufügen › WFS / OGC API – Features“ wählen, eine neue Verbindung mit dieser Adresse anlegen und die Sammlung „{ $collection }“ hinzufügen.
planner-qgis-address = Adresse der Verbindung
planner-qgis-copy = Adresse kopieren
planner-qgis-copied = Adresse kopiert.
planner-geojson = Auswahl als GeoJSON
