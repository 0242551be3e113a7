# Auswertungen: Namen von Zeilen, Spalten und Dateien. Dateinamen ohne Umlaute und Leerzeichen.

statistics-no-district = Ohne Ortsteil
statistics-handed-over = Andere Stelle zuständig
statistics-requests = Alle Meldungen

statistics-column-none = Auswahl
statistics-column-district = Ortsteil
statistics-column-service_group = Bereich
statistics-column-service_code = Anliegen
statistics-column-status = Stand
statistics-column-key = Schlüssel
statistics-column-count = Meldungen
statistics-column-open = davon offen
statistics-column-inhabitants = Einwohnerzahl
statistics-column-per-1000 = Meldungen je 1.000 Personen
statistics-column-median-days = Tage bis zum Ende (Median)
statistics-column-from = Ab

statistics-file-none = Meldungen
statistics-file-district = Meldungen-nach-Ortsteil
statistics-file-service_group = Meldungen-nach-Bereich
statistics-file-service_code = Meldungen-nach-Anliegen
statistics-file-status = Meldungen-nach-Stand

# Womit Tabellenprogramme dieser Sprache Spalten und Dezimalstellen trennen.
statistics-separator = ;
statistics-decimal = ,
