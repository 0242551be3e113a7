### Sätze, die beide Webseiten brauchen.

resident-page-title = Etwas melden
resident-short-title = Meldungen
console-page-title = Vorgänge
planner-page-title = Karte und Zahlen
without-script = Diese Seite braucht JavaScript. Sie können Ihre Meldung auch ohne diese Seite abgeben: Die Wege stehen unter Kontakt.
without-script-console = Diese Seite braucht JavaScript. Bitte schalten Sie es in Ihrem Browser ein.
without-script-planner = Diese Seite braucht JavaScript. Dieselben Zahlen gibt es als Datei:
without-script-planner-file = Meldungen nach Ortsteil (CSV)

skip-to-content = Zum Inhalt springen
language = Sprache
loading = Wird geladen …
try-again = Noch einmal versuchen

demonstration-label = Hinweis zu den Daten
demonstration = Übungsdaten.
demonstration-detail = Alle Personen und Vorgänge hier sind erfunden.

unreachable-title = Keine Verbindung
unreachable-detail = Die Stadt ist gerade nicht zu erreichen. Bitte prüfen Sie Ihr Netz und versuchen Sie es noch einmal. Nichts ist verloren.
unexpected-title = Das hat nicht geklappt
unexpected-detail = Der Fehler liegt bei uns. Bitte versuchen Sie es in ein paar Minuten noch einmal. Nichts ist verloren.

status-received = Eingegangen
status-in_review = Wird geprüft
status-in_progress = Beauftragt
status-done = Erledigt
status-not_possible = Nicht möglich
status-handed_over = Zuständig ist { $agency }
status-handed-over-unnamed = Andere Stelle zuständig
status-withdrawn = Zurückgezogen

footer-label = Rechtliches
footer-imprint = Impressum
footer-privacy = Datenschutz
footer-accessibility = Barrierefreiheit
footer-contact = Kontakt

map-title = Karte
map-zoom-in = Näher heran
map-zoom-out = Weiter weg
map-attribution = Quellen der Karte
map-opening = Die Karte wird geöffnet …
map-failed = Die Karte lässt sich hier nicht öffnen. Alles geht auch ohne sie.

place-near = In der Nähe: { $place }
photo-number = Foto { $number }
photo-unreadable = Dieses Foto lässt sich nicht lesen. Bitte wählen Sie ein Foto im Format JPEG, PNG oder WebP.
