### Sätze der Seite, auf der Einwohnerinnen und Einwohner etwas melden.

hazard-title = Gefahr? Rufen Sie an.
hazard-detail = Bei Gefahr für Menschen melden Sie bitte nicht hier, sondern per Telefon.

start-title = Was möchten Sie melden?
start-lead = Ein Foto und der Ort genügen. Sie brauchen kein Konto und keinen Namen.
start-photo = Müll melden: Foto aufnehmen
start-photo-hint = Foto, Ort bestätigen, senden – mehr ist nicht nötig.
search-label = Suchen
search-hint = Zum Beispiel Matratze, Laterne oder Schlagloch
search-results = Passende Anliegen
search-found = { $count ->
    [one] Ein passendes Anliegen
   *[other] { $count } passende Anliegen
}
search-nothing = Dazu passt kein Anliegen. Wählen Sie unten, oder nehmen Sie „Etwas anderes“.
start-kinds = Worum geht es?
start-go-on = Angefangene Meldung fortsetzen

latest-title = Zuletzt gemeldet
latest-on-map = Gemeldet in diesem Ausschnitt
latest-open-map = Auf der Karte zeigen
latest-close-map = Karte schließen
latest-map-label = Karte der Meldungen. Alle stehen auch in der Liste darunter.
latest-around-me = Um meinen Standort
latest-none = Hier ist nichts gemeldet.

own-title = Meldungen von diesem Gerät
own-detail = Diese Liste liegt nur auf Ihrem Gerät.
own-forget = Liste löschen
waiting-title = Noch nicht gesendet
waiting-detail = Wird von selbst gesendet, sobald Sie wieder Netz haben.
waiting-send-now = Jetzt senden
waiting-edit = Ändern und senden
waiting-drop = Verwerfen

optional = freiwillig
form-unknown-kind = Dieses Anliegen gibt es hier nicht
form-to-start = Zur Startseite
form-missing = Es fehlt noch etwas. Die Stellen sind oben markiert.
form-send = Meldung senden
form-sending = Wird gesendet …

photo-title = Foto
photo-take = Foto aufnehmen oder wählen
photo-another = Noch ein Foto
photo-remove = Entfernen
photo-busy = Foto wird vorbereitet …

place-title = Ort
place-position = Punkt auf der Karte
place-from-photo = Aus Ihrem Foto gelesen.
place-from-device = Von Ihrem Gerät.
place-from-map = Von Ihnen auf der Karte gewählt.
place-from-address = Von Ihnen als Adresse gewählt.
place-confirm = Ja, der Ort stimmt
place-change = Anderer Ort
place-device = Mein Standort
place-locating = Standort wird gesucht …
place-device-failed = Ihr Standort war nicht zu finden. Wählen Sie den Ort auf der Karte oder schreiben Sie die Adresse.
place-map = Auf der Karte
place-map-label = Karte zum Wählen des Ortes
place-map-help = Schieben Sie die Karte, bis das Kreuz auf dem Ort liegt. Mit der Tastatur: Pfeiltasten, Plus und Minus.
place-map-take = Diesen Punkt nehmen
place-under-cross = Das Kreuz zeigt den Ort.
place-address = Adresse schreiben
place-missing = Bitte sagen Sie, wo es ist: bestätigen Sie den Ort, wählen Sie ihn oder schreiben Sie die Adresse.
address-label = Adresse oder Beschreibung des Ortes
address-hint = Zum Beispiel Straße und Hausnummer oder „Bushaltestelle am Markt“.
address-suggestions = Vorschläge
address-kind-street = Straße, am besten mit Hausnummer
address-kind-place = Haltestelle oder Platz
address-found = { $count ->
    [0] Keine Vorschläge. Was Sie schreiben, kommt trotzdem beim Amt an.
    [one] Ein Vorschlag. Mit Pfeiltasten wählen.
   *[other] { $count } Vorschläge. Mit Pfeiltasten wählen.
}
address-chosen = Ort übernommen: { $place }

danger-title = Gefahr
danger-question = Ist gerade jemand in Gefahr?
danger-yes = Ja
danger-no = Nein
danger-call = Bitte rufen Sie jetzt an. Danach können Sie die Meldung trotzdem senden.

already-title = Hier schon gemeldet
already-detail = Ist es dasselbe? Dann müssen Sie nichts tun. Sie können trotzdem melden.

what-title = Was ist los?
service-label = Was trifft am besten zu?
answer-missing = Bitte beantworten Sie diese Frage.
description-label = Mit eigenen Worten

witness-title = Wer hat es gesehen?
witness-detail = Wer anzeigt, ist Zeugin oder Zeuge. Ohne Namen und Anschrift kann niemand über die Anzeige entscheiden.
witness-name = Vor- und Nachname
witness-address = Anschrift
witness-address-hint = Straße, Hausnummer, Postleitzahl und Ort
witness-missing = Diese Angabe fehlt noch.
more-title = Mehr dazu sagen
email-label = Antwort an Ihre E-Mail-Adresse
email-hint = Nur für Nachrichten zu dieser Meldung. Sie erhalten auch ohne E-Mail einen Link zum Nachsehen.

sees-title = Wer sieht was?
sees-office = Das sieht das Amt
sees-office-public = Ihre Meldung mit Text, Fotos und Ort.
sees-office-confidential = Ihre Meldung mit Text, Fotos und Ort – aber nur die Menschen im Amt, die dafür zuständig sind.
sees-office-bare = Ort, Zeit und Ihre Antworten. Mehr nehmen wir hier nicht auf.
sees-office-named = Ihre Meldung mit Text, Fotos und Ort – aber nur die Menschen im Amt, die dafür zuständig sind. Ihr Name und Ihre Anschrift gehen mit der Datei an die Stelle, die entscheidet.
sees-everyone = Das sieht jeder
sees-everyone-public = Art, Ort, Datum und Stand der Meldung. Ihren Text erst, wenn das Amt ihn geprüft und freigegeben hat.
sees-everyone-bare = Art, Ort, Datum und Stand. Sonst nichts.
sees-everyone-photos = Art, Ort, Datum und Stand der Meldung. Text und Fotos erst, wenn das Amt sie geprüft und freigegeben hat.
sees-everyone-confidential = Nichts. Diese Meldung ist vertraulich und erscheint nicht auf der Karte und in keiner Liste.
sees-nobody = Das sieht niemand
sees-nobody-anonymous = Wer Sie sind. Sie melden ohne Namen und ohne Konto.
sees-nobody-mail = Ihre E-Mail-Adresse steht nicht im Vorgang. Nur das System benutzt sie, um Ihnen zu schreiben.
sees-nobody-named = Ihr Name und Ihre Anschrift stehen verschlüsselt neben dem Vorgang. Außer in dieser Datei zeigt das System sie niemandem.
privacy-short = Wir verarbeiten Ihre Angaben nur, um die Meldung zu bearbeiten.
privacy-link = Hinweise zum Datenschutz

sent-title = Danke, Ihre Meldung ist da
sent-reference = Ihr Aktenzeichen
sent-open = Meldung ansehen
sent-link-hint = Mit diesem Link sehen Sie den Stand und können die Meldung zurückziehen. Wer den Link hat, kann das auch: Geben Sie ihn nicht weiter.
sent-another = Hier noch etwas melden
saved-title = Gespeichert, noch nicht gesendet
saved-detail = Gerade gibt es kein Netz. Ihre Meldung liegt sicher auf diesem Gerät und wird von selbst gesendet.
next-title = Wie geht es weiter?
next-review = Das Amt prüft Ihre Meldung.
next-release = Text und Fotos werden geprüft, bevor sie öffentlich erscheinen.
next-confidential = Ihre Meldung bleibt vertraulich.
next-days = { $days ->
    [one] Zielzeit bis zur Erledigung: { $days } Arbeitstag.
   *[other] Zielzeit bis zur Erledigung: { $days } Arbeitstage.
}
next-done = Auf der Seite Ihrer Meldung steht, was daraus geworden ist.
