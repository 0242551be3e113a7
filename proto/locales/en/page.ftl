# Pages without JavaScript: the report, legal pages, unsubscribing from mail. Short sentences.

page-skip = Skip to content
page-demonstration = Practice data (Übungsdaten).
page-demonstration-detail = All people and cases here are invented.
page-legal = Legal
page-imprint = Imprint
page-privacy = Privacy
page-accessibility = Accessibility
page-contact = Contact
page-language = Language
page-language-name = English
page-to-start = To the start page

page-not-built = The website has not been built yet
page-not-built-detail = This program was made without the website. The following command builds it and starts everything:
page-not-built-pages = The pages of reports and the API already work.

page-reference = Reference
page-status = Status
page-answer = The city's answer
page-facts = Details
page-place = Place
page-address = Description of the place
page-position = Latitude { $latitude }°, longitude { $longitude }°
page-decimal-sign = .
page-no-position = The place has not been entered yet.
page-received = Received on
page-updated = Last changed on
page-text = Description
page-not-released = A description appears here once the office has checked and released it.
page-photo = Photo { $number }
page-when = { $day } { $month ->
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
} { $year }, { $time }

page-next-received = Your report has arrived. Next, the office checks who is in charge.
page-next-in-review = Someone at the office is checking the report.
page-next-in-progress = The work has been ordered. Once it is done, it says so here.
page-next-done = The report is closed.
page-next-not-possible = The city cannot act here. The reason is given below.
page-next-handed-over = The report was handed over to the body in charge. It decides what happens next.
page-next-withdrawn = The report was withdrawn. Nothing more will happen.

page-confidential = This report is confidential. Apart from you, only the people at the office who are in charge of it can see it.
page-timeline = What happened
page-own = What you reported
page-photo-public = Everyone can see it.
page-photo-private = Only you and the office can see it.
page-add-photo = Add a photo
page-add-photo-label = Photo as JPEG, PNG or WebP, at most 15 MB
page-add-photo-do = Send photo
page-mail = Messages by e-mail
page-mail-detail = We write to you when the status of your report changes. You can delete your e-mail address at any time. The report stays.
page-mail-delete = Delete e-mail address
page-withdraw = Withdraw the report
page-withdraw-detail = The office then stops working on the report. This cannot be undone.
page-withdraw-do = Yes, withdraw the report
page-link-is-secret = Whoever has the address of this page sees your report and can withdraw it. Do not pass the address on.
page-done-photo = The photo has arrived. The office checks it before it appears in public.
page-done-withdrawn = You have withdrawn the report.
page-done-contact = Your e-mail address has been deleted. You will get no more messages.

page-before-and-after = Before and after
page-before = Before
page-after = After
page-photo-before = Before, photo { $number }
page-photo-after = After, photo { $number }
page-feedback = Is it really done?
page-feedback-detail = One click is enough. Only the city's staff see your answer.
page-feedback-yes = Yes, done
page-feedback-no = No, not yet
page-feedback-was-yes = You answered: Yes, done. Thank you.
page-feedback-was-no = You answered: No, not yet. Thank you, the city's staff see your answer.
page-feedback-change-yes = Actually: Yes, done
page-feedback-change-no = Actually: No, not yet
page-done-solved = Thank you for your answer. Good to hear that it is done.
page-done-unsolved = Thank you for your answer. The city's staff now see that it is not done for you yet.

page-unsubscribe = No more e-mails about this report?
page-unsubscribe-detail = We will then no longer write to you about this one report. You can still see its status with your link.
page-unsubscribe-do = Send no more e-mails
page-unsubscribed = You will get no more e-mails
page-unsubscribed-detail = We will not write to you about this report any more.
