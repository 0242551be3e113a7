### Sätze der Seite, auf der das Amt arbeitet.

signed-out-title = Sie sind nicht angemeldet
signed-out-detail = Bitte melden Sie sich mit Ihrem Dienstkonto an. Ihre Sitzung endet nach einer Weile von selbst.
sign-in = Anmelden
sign-out = Abmelden

queue-title = Eingang
queue-count = { $count ->
    [one] { $count } Vorgang
   *[other] { $count } Vorgänge
}
queue-empty = Hier liegt kein Vorgang.
queue-fresh = { $count ->
    [one] Ein neuer Vorgang
   *[other] { $count } neue Vorgänge
}
live-told = Aktualisiert sich von selbst
live-asking = Keine Verbindung. Die Liste fragt alle 15 Sekunden nach.
queue-more = Weitere laden
filter-text = Suche in Text, Ort und Aktenzeichen
filter-status = Stand
filter-service = Anliegen
filter-department = Amt
filter-mine = Nur meine
filter-all = Alle

filter-unsolved = Beanstandet

help-button = Tasten
help-title = Arbeiten mit der Tastatur
help-down = Nächster Vorgang
help-up = Voriger Vorgang
help-open = Vorgang öffnen
help-claim = Übernehmen
help-note = Interne Notiz
help-status = Antwort und Stand
help-search = Suchen
help-help = Diese Hilfe
help-close = Zurück zur Liste
help-keys-on = Einzelne Tasten als Befehle benutzen
help-done = Schließen

confidential = Vertraulich
request-back = Zur Liste
request-received = Eingegangen am
request-captured = Gesehen am
request-department = Zuständig
request-reason = Warum dort
request-claimed = In Bearbeitung bei
request-unclaimed = Noch niemand
request-contact = Antwort per E-Mail
request-contact-yes = Gewünscht. Das System verschickt sie.
request-contact-no = Nicht gewünscht
claim = Übernehmen
unclaim = Zurückgeben

words-title = Meldung
words-none = Ohne Text gemeldet.
photos-none = Ohne Fotos gemeldet.
release-text = Text öffentlich zeigen
release-photo = Foto { $number } öffentlich zeigen
release-hint = Bitte nur freigeben, wenn weder Personen noch Kennzeichen zu erkennen sind.
release-confidential = Dieses Anliegen ist vertraulich. Nichts davon wird öffentlich.

place-heading = Ort
place-show-map = Karte zeigen
place-hide-map = Karte schließen
place-map-of-request = Karte mit dem Ort des Vorgangs
place-unplaced = Noch ohne Punkt auf der Karte.
answers-title = Weitere Angaben

reveal-title = Wer hat gemeldet?
reveal-hint = Zum Antworten brauchen Sie das nicht: Ihre Nachricht kommt an, ohne dass jemand die Adresse sieht. Jeder Blick wird mit dem Grund vermerkt.
reveal-reason = Wofür brauchen Sie die Angaben?
reveal-choose = Bitte wählen
reveal-show = Angaben zeigen
reveal-email = E-Mail
reveal-name = Name
reveal-postal-address = Anschrift
hand-over-title = Als Datei abgeben
hand-over-hint = Die Datei enthält auch Namen und Anschrift der Zeugin oder des Zeugen. Jeder Abruf wird vermerkt.
hand-over-file = Datei herunterladen

status-title = Antworten und Stand ändern
status-question = Was soll geschehen?
status-answer-only = Nur antworten
status-agency = Zuständige Stelle
status-agency-missing = Bitte nennen Sie die Stelle, die übernimmt.
status-note = Öffentliche Nachricht
status-note-hint = Diesen Text lesen die meldende Person und alle anderen.
status-note-hint-confidential = Diesen Text liest nur die meldende Person.
status-note-missing = Bitte schreiben Sie, was die meldende Person wissen soll.
status-check = Prüfen und senden
confirm-title = Das liest die meldende Person
confirm-no-note = Ohne Nachricht.
confirm-mail = Geht auch als E-Mail an die meldende Person.
confirm-page = Steht auf der Seite der Meldung. Eine E-Mail wurde nicht gewünscht.
confirm-send = So senden
confirm-back = Noch ändern

templates-title = Textbausteine
template-looking = Vielen Dank für Ihre Meldung. Wir sehen uns das an.
template-thanks = Vielen Dank für Ihre Rückmeldung.
template-ordered = Wir haben die Arbeit beauftragt.
template-ordered-today = Der zuständige Betrieb ist informiert und kommt so bald wie möglich vorbei.
template-collected = Wir haben alles abgeholt und den Platz gereinigt. Vielen Dank für Ihre Meldung.
template-repaired = Der Schaden ist behoben. Vielen Dank für Ihre Meldung.
template-gone = Vor Ort war nichts mehr zu finden. Vielen Dank für Ihre Meldung.
template-private = Die Fläche ist in privatem Besitz. Die Stadt darf dort nicht selbst tätig werden.
template-not-found = Wir haben die Stelle nicht gefunden. Bitte melden Sie es mit einem Foto noch einmal.
template-handed-over = Wir haben Ihre Meldung an die zuständige Stelle weitergegeben.

after-title = Nachher: so sieht es jetzt aus
after-none = Noch kein Foto von nachher.
after-hint = Das Foto erscheint sofort auf der Seite der Meldung. Bitte nur Fotos ohne Personen und Kennzeichen.
after-send = Noch einmal senden
photo-after-pick = Foto von nachher wählen
photo-after-number = Nachher, Foto { $number }
photo-after-remove = Entfernen
release-photo-after = Foto { $number } von nachher öffentlich zeigen
feedback-solved = Laut meldender Person erledigt
feedback-unsolved = Laut meldender Person nicht erledigt

notes-title = Interne Notizen
note-label = Neue Notiz
note-hint = Bleibt im Amt. Bitte keine Angaben über Personen, die nicht nötig sind.
note-add = Notiz speichern

timeline-title = Verlauf
step-answered = Beantwortet
step-claimed = Übernommen
step-unclaimed = Zurückgegeben
step-released = Freigabe geändert
step-withdrawn = Von der meldenden Person zurückgezogen
step-contact-revealed = Kontaktdaten angesehen
step-contact-revealed-often = Ungewöhnlich oft Kontaktdaten angesehen; der Datenschutz wird es prüfen
step-note-written = Notiz geschrieben
step-mail-stopped = Möchte keine Mails mehr
step-photo-attached = Foto hinzugefügt
step-photo-after = Foto von nachher gezeigt
step-feedback = Meldende Person hat gesagt, ob es erledigt ist
step-expired = Von selbst beendet
step-file-handed-over = Als Datei abgegeben
step-contact-deleted = Mailadresse gelöscht

told-claimed = Übernommen.
told-unclaimed = Zurückgegeben.
told-released = Freigegeben.
told-hidden = Nicht mehr öffentlich.
told-status = Gesendet.
told-revealed = Kontaktdaten werden gezeigt.
told-note = Notiz gespeichert.
told-photo-after = Das Foto von nachher ist da.

conflict = Jemand hat den Vorgang inzwischen geändert
conflict-by = { $name } hat den Vorgang inzwischen geändert
conflict-detail = Sie sehen jetzt den neuen Stand. Ihr Text ist noch da: Bitte prüfen Sie ihn und senden Sie noch einmal.
