### Sentences of the page on which the office works.

signed-out-title = You are not signed in
signed-out-detail = Please sign in with your staff account. Your session ends by itself after a while.
sign-in = Sign in
sign-out = Sign out

queue-title = Inbox
queue-count = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
queue-empty = There is no case here.
queue-fresh = { $count ->
    [one] One new request
   *[other] { $count } new requests
}
live-told = Updates by itself
live-asking = No connection. The list asks every 15 seconds.
queue-more = Load more
filter-text = Search in text, place and reference
filter-status = Status
filter-service = Service
filter-department = Department
filter-mine = Only mine
filter-all = All

filter-unsolved = Disputed

help-button = Keys
help-title = Working with the keyboard
help-down = Next case
help-up = Previous case
help-open = Open the case
help-claim = Claim
help-note = Internal note
help-status = Answer and status
help-search = Search
help-help = This help
help-close = Back to the list
help-keys-on = Use single keys as commands
help-done = Close

confidential = Confidential
request-back = To the list
request-received = Received on
request-captured = Seen on
request-department = Responsible
request-reason = Why there
request-claimed = Worked on by
request-unclaimed = Nobody yet
request-contact = Answer by e-mail
request-contact-yes = Wanted. The system sends it.
request-contact-no = Not wanted
claim = Claim
unclaim = Give back

words-title = Report
words-none = Reported without text.
photos-none = Reported without photos.
release-text = Show text in public
release-photo = Show photo { $number } in public
release-hint = Please release only if neither people nor number plates can be recognised.
release-confidential = This service is confidential. Nothing of it becomes public.

place-heading = Place
place-show-map = Show the map
place-hide-map = Close the map
place-map-of-request = Map with the place of the case
place-unplaced = Not yet a point on the map.
answers-title = Further details

reveal-title = Who reported it?
reveal-hint = You do not need this to answer: your message arrives without anyone seeing the address. Each look is noted with its reason.
reveal-reason = What do you need it for?
reveal-choose = Please choose
reveal-show = Show the data
reveal-email = E-mail
reveal-name = Name
reveal-postal-address = Postal address
hand-over-title = Hand over as a file
hand-over-hint = The file also holds the name and postal address of the witness. Each download is noted.
hand-over-file = Download the file

status-title = Answer and change the status
status-question = What shall happen?
status-answer-only = Only answer
status-agency = Responsible office
status-agency-missing = Please name the office that takes over.
status-note = Public message
status-note-hint = The reporter and everyone else read this text.
status-note-hint-confidential = Only the reporter reads this text.
status-note-missing = Please write what the reporter should know.
status-check = Check and send
confirm-title = This is what the reporter reads
confirm-no-note = Without a message.
confirm-mail = Also goes to the reporter by e-mail.
confirm-page = Stands on the report’s page. No e-mail was asked for.
confirm-send = Send like this
confirm-back = Keep editing

templates-title = Text blocks
template-looking = Thank you for your report. We will have a look.
template-thanks = Thank you for your answer.
template-ordered = We have ordered the work.
template-ordered-today = The team in charge has been told and will come as soon as possible.
template-collected = We have collected everything and cleaned the place. Thank you for your report.
template-repaired = The damage is repaired. Thank you for your report.
template-gone = There was nothing left to be found on site. Thank you for your report.
template-private = The ground is privately owned. The city may not act there itself.
template-not-found = We could not find the place. Please report it again with a photo.
template-handed-over = We have passed your report on to the body in charge.

after-title = Afterwards: what it looks like now
after-none = No photo of the place afterwards yet.
after-hint = The photo appears at once on the page of the report. Please no photos with people or number plates.
after-send = Send again
photo-after-pick = Choose a photo of the place afterwards
photo-after-number = Afterwards, photo { $number }
photo-after-remove = Remove
release-photo-after = Show photo { $number } of the place afterwards to the public
feedback-solved = Done, says the resident
feedback-unsolved = Not done, says the resident

notes-title = Internal notes
note-label = New note
note-hint = Stays in the office. Please write nothing about people that is not needed.
note-add = Save note

timeline-title = History
step-answered = Answered
step-claimed = Claimed
step-unclaimed = Given back
step-released = Release changed
step-withdrawn = Withdrawn by the reporter
step-contact-revealed = Contact data looked at
step-contact-revealed-often = Looked at contact data unusually often; data protection will check
step-note-written = Note written
step-mail-stopped = Wants no more mail
step-photo-attached = Photo added
step-photo-after = Photo of the place afterwards shown
step-feedback = The resident has said whether it is done
step-expired = Ended by itself
step-file-handed-over = Handed over as a file
step-contact-deleted = Mail address deleted

told-claimed = Claimed.
told-unclaimed = Given back.
told-released = Released.
told-hidden = No longer public.
told-status = Sent.
told-revealed = Contact data are shown.
told-note = Note saved.
told-photo-after = The photo of the place afterwards is there.

conflict = Somebody has changed the case in the meantime
conflict-by = { $name } has changed the case in the meantime
conflict-detail = You now see the new state. Your text is still there: please check it and send it again.
