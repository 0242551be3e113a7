# Der Stand einer Meldung, wie ihn Bewohnerinnen und Bewohner lesen.

status-received = Eingegangen
status-in-review = Wird geprüft
status-in-progress = Beauftragt
status-done = Erledigt
status-not-possible = Nicht möglich
status-handed-over = Zuständig ist { $agency }
status-withdrawn = Zurückgezogen

# Warum ein Vorgang bei einem Amt liegt, wenn der Katalog der Stadt es nicht selbst sagt.
department-reason = Anliegen der Art „{ $service }“ bearbeitet in dieser Stadt: { $department }.
