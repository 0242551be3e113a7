### Sentences of the page on which residents report something.

hazard-title = Danger? Please call.
hazard-detail = If people are in danger, please do not report here but by telephone.

start-title = What would you like to report?
start-lead = A photo and the place are enough. You need no account and no name.
start-photo = Report litter: take a photo
start-photo-hint = Photo, confirm the place, send – nothing more is needed.
search-label = Search
search-hint = For example mattress, street lamp or pothole
search-results = Kinds of report that fit
search-found = { $count ->
    [one] One kind of report fits
   *[other] { $count } kinds of report fit
}
search-nothing = No kind of report fits. Choose below, or take “Something else”.
start-kinds = What is it about?
start-go-on = Continue your report

latest-title = Latest reports
latest-on-map = Reported in this section
latest-open-map = Show on the map
latest-close-map = Close the map
latest-map-label = Map of reports. All of them are in the list below, too.
latest-around-me = Around my position
latest-none = Nothing has been reported here.

own-title = Reports from this device
own-detail = This list is kept on your device only.
own-forget = Delete the list
waiting-title = Not sent yet
waiting-detail = Will be sent by itself as soon as you are online again.
waiting-send-now = Send now
waiting-edit = Change and send
waiting-drop = Discard

optional = optional
form-unknown-kind = There is no such service here
form-to-start = To the start page
form-missing = Something is still missing. The places are marked above.
form-send = Send report
form-sending = Sending …

photo-title = Photo
photo-take = Take or choose a photo
photo-another = Another photo
photo-remove = Remove
photo-busy = Preparing the photo …

place-title = Place
place-position = Point on the map
place-from-photo = Read from your photo.
place-from-device = From your device.
place-from-map = Chosen by you on the map.
place-from-address = Chosen by you as an address.
place-confirm = Yes, the place is right
place-change = Another place
place-device = My position
place-locating = Finding your position …
place-device-failed = Your position could not be found. Choose the place on the map or write the address.
place-map = On the map
place-map-label = Map for choosing the place
place-map-help = Move the map until the cross lies on the place. By keyboard: arrow keys, plus and minus.
place-map-take = Take this point
place-under-cross = The cross shows the place.
place-address = Write the address
place-missing = Please say where it is: confirm the place, choose it or write the address.
address-label = Address or description of the place
address-hint = For example street and number, or “bus stop at the market”.
address-suggestions = Suggestions
address-kind-street = Street, best with its number
address-kind-place = Stop or square
address-found = { $count ->
    [0] No suggestions. What you write reaches the office all the same.
    [one] One suggestion. Choose with the arrow keys.
   *[other] { $count } suggestions. Choose with the arrow keys.
}
address-chosen = Place taken: { $place }

danger-title = Danger
danger-question = Is anybody in danger right now?
danger-yes = Yes
danger-no = No
danger-call = Please call now. You can still send the report afterwards.

already-title = Already reported here
already-detail = Is it the same? Then there is nothing to do. You may still report it.

what-title = What is wrong?
service-label = What fits best?
answer-missing = Please answer this question.
description-label = In your own words

witness-title = Who has seen it?
witness-detail = Whoever reports this is a witness. Without a name and a postal address nobody can decide on it.
witness-name = First and last name
witness-address = Postal address
witness-address-hint = Street, house number, postal code and town
witness-missing = This is still missing.
more-title = Say more about it
email-label = Answer to your e-mail address
email-hint = Only for messages about this report. You get a link to look it up without e-mail, too.

sees-title = Who sees what?
sees-office = The office sees
sees-office-public = Your report with text, photos and place.
sees-office-confidential = Your report with text, photos and place – but only the people in the office who are responsible for it.
sees-office-bare = Place, time and your answers. We take down no more here.
sees-office-named = Your report with text, photos and place – but only the people in the office who are responsible for it. Your name and address go with the file to the body that decides.
sees-everyone = Everyone sees
sees-everyone-public = Kind, place, date and status of the report. Your text only after the office has checked and released it.
sees-everyone-bare = Kind, place, date and status. Nothing else.
sees-everyone-photos = Kind, place, date and status of the report. Text and photos only after the office has checked and released them.
sees-everyone-confidential = Nothing. This report is confidential and appears on no map and in no list.
sees-nobody = Nobody sees
sees-nobody-anonymous = Who you are. You report without name and without account.
sees-nobody-mail = Your e-mail address is not in the case. Only the system uses it to write to you.
sees-nobody-named = Your name and address lie encrypted beside the case. Except in this file the system shows them to nobody.
privacy-short = We use what you tell us only to deal with the report.
privacy-link = Privacy notice

sent-title = Thank you, your report has arrived
sent-reference = Your reference
sent-open = Look at the report
sent-link-hint = With this link you see the status and can withdraw the report. So can anyone who has it: please do not pass it on.
sent-another = Report something else here
saved-title = Saved, not sent yet
saved-detail = There is no network right now. Your report is safe on this device and will be sent by itself.
next-title = What happens next?
next-review = The office checks your report.
next-release = Text and photos are checked before they appear in public.
next-confidential = Your report stays confidential.
next-days = { $days ->
    [one] Target time until it is done: { $days } working day.
   *[other] Target time until it is done: { $days } working days.
}
next-done = The page of your report shows what became of it.
