# E-Mails zu einer Meldung. $form ist die Anrede der Stadt: sie oder du.

mail-subject = { $form ->
    [du] Deine Meldung { $reference }: { $news }
   *[sie] Ihre Meldung { $reference }: { $news }
}
mail-subject-answered = Neue Nachricht
mail-demonstration = Übungsdaten: Alle Personen und Vorgänge sind erfunden.
mail-greeting = Guten Tag,

mail-lead-received = { $form ->
    [du] danke für deine Meldung. Sie ist bei uns angekommen.
   *[sie] vielen Dank für Ihre Meldung. Sie ist bei uns angekommen.
}
mail-lead-in-progress = { $form ->
    [du] wir haben deine Meldung geprüft und die Arbeit beauftragt.
   *[sie] wir haben Ihre Meldung geprüft und die Arbeit beauftragt.
}
mail-lead-done = { $form ->
    [du] deine Meldung ist erledigt.
   *[sie] Ihre Meldung ist erledigt.
}
mail-lead-not-possible = { $form ->
    [du] wir haben deine Meldung geprüft. Leider können wir hier nichts tun.
   *[sie] wir haben Ihre Meldung geprüft. Leider können wir hier nichts tun.
}
mail-lead-handed-over = { $form ->
    [du] für deine Meldung ist eine andere Stelle zuständig: { $agency }.
   *[sie] für Ihre Meldung ist eine andere Stelle zuständig: { $agency }.
}
mail-lead-answered = { $form ->
    [du] wir haben dir etwas zu deiner Meldung geschrieben.
   *[sie] wir haben Ihnen etwas zu Ihrer Meldung geschrieben.
}

mail-label-reference = Meldung
mail-label-service = Art
mail-label-place = Ort
mail-label-requested = Gemeldet
mail-label-status = Stand
mail-label-since = Seit
mail-place-near = bei { $place }
mail-place-position = Koordinaten { $latitude }, { $longitude }
mail-note = { $city } schreibt:

mail-next-received = { $form ->
    [du] Wir prüfen deine Meldung und schreiben dir, sobald sich etwas ändert.
   *[sie] Wir prüfen Ihre Meldung und schreiben Ihnen, sobald sich etwas ändert.
}
mail-next-received-days = { $form ->
    [du] { $days ->
        [one] Wir kümmern uns meist innerhalb von einem Arbeitstag darum und schreiben dir, sobald sich etwas ändert.
       *[other] Wir kümmern uns meist innerhalb von { $days } Arbeitstagen darum und schreiben dir, sobald sich etwas ändert.
    }
   *[sie] { $days ->
        [one] Wir kümmern uns meist innerhalb von einem Arbeitstag darum und schreiben Ihnen, sobald sich etwas ändert.
       *[other] Wir kümmern uns meist innerhalb von { $days } Arbeitstagen darum und schreiben Ihnen, sobald sich etwas ändert.
    }
}
mail-next-in-progress = { $form ->
    [du] Wir schreiben dir wieder, sobald die Arbeit erledigt ist.
   *[sie] Wir schreiben Ihnen wieder, sobald die Arbeit erledigt ist.
}
mail-next-done = { $form ->
    [du] Ist es wirklich erledigt? Auf der Seite deiner Meldung sagst du es uns mit einem Klick.
   *[sie] Ist es wirklich erledigt? Auf der Seite Ihrer Meldung sagen Sie es uns mit einem Klick.
}
mail-next-not-possible = { $form ->
    [du] Wenn du dazu Fragen hast, melde dich bei uns: { $office }, { $contact }.
   *[sie] Wenn Sie dazu Fragen haben, melden Sie sich bei uns: { $office }, { $contact }.
}
mail-next-handed-over = Um alles Weitere kümmert sich jetzt: { $agency }.
mail-next-answered = { $form ->
    [du] Wir schreiben dir wieder, sobald sich etwas ändert.
   *[sie] Wir schreiben Ihnen wieder, sobald sich etwas ändert.
}
mail-next-answered-closed = { $form ->
    [du] Wenn du dazu Fragen hast, melde dich bei uns: { $office }, { $contact }.
   *[sie] Wenn Sie dazu Fragen haben, melden Sie sich bei uns: { $office }, { $contact }.
}

mail-link = Meldung ansehen
mail-link-secret = { $form ->
    [du] Wer den Link hat, sieht deine Meldung ganz. Gib ihn nur weiter, wenn du das möchtest.
   *[sie] Wer den Link hat, sieht Ihre Meldung ganz. Geben Sie ihn nur weiter, wenn Sie das möchten.
}
mail-closing = Freundliche Grüße
mail-why = { $form ->
    [du] Du bekommst diese E-Mail, weil du dir zu dieser Meldung eine Antwort gewünscht hast.
   *[sie] Sie bekommen diese E-Mail, weil Sie sich zu dieser Meldung eine Antwort gewünscht haben.
}
mail-unsubscribe = Keine E-Mails mehr zu dieser Meldung

mail-time = { $day }. { $month ->
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
} { $year }, { $clock } Uhr
