# Seiten ohne JavaScript: die Meldung, Rechtliches, Abmelden von E-Mails. Kurze Sätze, Sie-Form.

page-skip = Zum Inhalt springen
page-demonstration = Übungsdaten.
page-demonstration-detail = Alle Personen und Vorgänge hier sind erfunden.
page-legal = Rechtliches
page-imprint = Impressum
page-privacy = Datenschutz
page-accessibility = Barrierefreiheit
page-contact = Kontakt
page-language = Sprache
page-language-name = Deutsch
page-to-start = Zur Startseite

page-not-built = Die Webseite ist noch nicht gebaut
page-not-built-detail = Dieses Programm wurde ohne die Webseite erstellt. Der folgende Befehl baut sie und startet alles:
page-not-built-pages = Die Seiten der Meldungen und die Schnittstelle arbeiten schon.

page-reference = Aktenzeichen
page-status = Stand
page-answer = Antwort der Stadt
page-facts = Angaben
page-place = Ort
page-address = Beschreibung des Ortes
page-position = Breite { $latitude }°, Länge { $longitude }°
page-decimal-sign = ,
page-no-position = Der Ort wird noch eingetragen.
page-received = Eingegangen am
page-updated = Zuletzt geändert am
page-text = Beschreibung
page-not-released = Eine Beschreibung erscheint hier erst, wenn das Amt sie geprüft und freigegeben hat.
page-photo = Foto { $number }
page-when = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }, { $time } Uhr

page-next-received = Ihre Meldung ist angekommen. Als Nächstes prüft das Amt, wer zuständig ist.
page-next-in-review = Jemand im Amt prüft die Meldung.
page-next-in-progress = Die Arbeit ist beauftragt. Wenn sie getan ist, steht es hier.
page-next-done = Die Meldung ist abgeschlossen.
page-next-not-possible = Die Stadt kann hier nicht handeln. Die Begründung steht darunter.
page-next-handed-over = Die Meldung wurde an die zuständige Stelle abgegeben. Sie entscheidet, wie es weitergeht.
page-next-withdrawn = Die Meldung wurde zurückgezogen. Es geschieht nichts mehr.

page-confidential = Diese Meldung ist vertraulich. Außer Ihnen sehen sie nur die Menschen im Amt, die dafür zuständig sind.
page-timeline = Verlauf
page-own = Das haben Sie gemeldet
page-photo-public = Für alle sichtbar.
page-photo-private = Nur für Sie und das Amt sichtbar.
page-add-photo = Foto hinzufügen
page-add-photo-label = Foto im Format JPEG, PNG oder WebP, höchstens 15 MB
page-add-photo-do = Foto senden
page-mail = Nachrichten per E-Mail
page-mail-detail = Wir schreiben Ihnen, wenn sich der Stand Ihrer Meldung ändert. Sie können Ihre E-Mail-Adresse jederzeit löschen. Die Meldung bleibt.
page-mail-delete = E-Mail-Adresse löschen
page-withdraw = Meldung zurückziehen
page-withdraw-detail = Das Amt bearbeitet die Meldung dann nicht weiter. Das lässt sich nicht rückgängig machen.
page-withdraw-do = Ja, Meldung zurückziehen
page-link-is-secret = Wer die Adresse dieser Seite hat, sieht Ihre Meldung und kann sie zurückziehen. Geben Sie die Adresse nicht weiter.
page-done-photo = Das Foto ist angekommen. Das Amt prüft es, bevor es öffentlich erscheint.
page-done-withdrawn = Sie haben die Meldung zurückgezogen.
page-done-contact = Ihre E-Mail-Adresse ist gelöscht. Sie erhalten keine Nachrichten mehr.

page-before-and-after = Vorher und nachher
page-before = Vorher
page-after = Nachher
page-photo-before = Vorher, Foto { $number }
page-photo-after = Nachher, Foto { $number }
page-feedback = Ist es wirklich erledigt?
page-feedback-detail = Ein Klick genügt. Ihre Antwort sieht nur das Amt.
page-feedback-yes = Ja, erledigt
page-feedback-no = Nein, noch nicht
page-feedback-was-yes = Sie haben geantwortet: Ja, erledigt. Vielen Dank.
page-feedback-was-no = Sie haben geantwortet: Nein, noch nicht. Vielen Dank, das Amt sieht Ihre Antwort.
page-feedback-change-yes = Doch: Ja, erledigt
page-feedback-change-no = Doch nicht: Nein, noch nicht
page-done-solved = Danke für Ihre Antwort. Schön, dass es erledigt ist.
page-done-unsolved = Danke für Ihre Antwort. Das Amt sieht jetzt, dass es für Sie noch nicht erledigt ist.

page-unsubscribe = Keine E-Mails mehr zu dieser Meldung?
page-unsubscribe-detail = Wir schreiben Ihnen dann zu dieser einen Meldung nicht mehr. Den Stand sehen Sie weiter über Ihren Link.
page-unsubscribe-do = Keine E-Mails mehr senden
page-unsubscribed = Sie erhalten keine E-Mails mehr
page-unsubscribed-detail = Zu dieser Meldung schreiben wir Ihnen nicht mehr.
