# Mails about a report. $form is the German form of address; English has only one.

mail-subject = Your report { $reference }: { $news }
mail-subject-answered = New message
mail-demonstration = Practice data (Übungsdaten): all people and cases are invented.
mail-greeting = Hello,

mail-lead-received = Thank you for your report. It has reached us.
mail-lead-in-progress = We have checked your report and ordered the work.
mail-lead-done = Your report is done.
mail-lead-not-possible = We have checked your report. Unfortunately there is nothing we can do here.
mail-lead-handed-over = Another body is responsible for your report: { $agency }.
mail-lead-answered = We have written you something about your report.

mail-label-reference = Report
mail-label-service = Kind
mail-label-place = Place
mail-label-requested = Reported
mail-label-status = Status
mail-label-since = Since
mail-place-near = near { $place }
mail-place-position = coordinates { $latitude }, { $longitude }
mail-note = { $city } writes:

mail-next-received = We check your report and write to you as soon as something changes.
mail-next-received-days = { $days ->
    [one] We usually take care of it within one working day and write to you as soon as something changes.
   *[other] We usually take care of it within { $days } working days and write to you as soon as something changes.
}
mail-next-in-progress = We will write to you again as soon as the work is done.
mail-next-done = Is it really done? On the page of your report you can tell us with one click.
mail-next-not-possible = If you have questions about this, please contact us: { $office }, { $contact }.
mail-next-handed-over = Everything else is now up to: { $agency }.
mail-next-answered = We will write to you again as soon as something changes.
mail-next-answered-closed = If you have questions about this, please contact us: { $office }, { $contact }.

mail-link = View your report
mail-link-secret = Whoever has the link sees all of your report. Pass it on only if you want to.
mail-closing = Kind regards
mail-why = You get this mail because you asked for an answer to this report.
mail-unsubscribe = No more mails about this report

mail-time = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $clock }
