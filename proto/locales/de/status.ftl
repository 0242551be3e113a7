# Der Stand einer Meldung, wie ihn Bewohnerinnen und Bewohner lesen.

status-received = Eingegangen
status-in-review = Wird geprüft
status-in-progress = Beauftragt
status-done = Erledigt
status-not-possible = Nicht möglich
status-handed-over = Zuständig ist { $agency }
status-withdrawn = Zurückgezogen
