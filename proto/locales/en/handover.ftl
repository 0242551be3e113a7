### The file with which a request goes to another body.

file-practice = Practice data. All people and requests are invented.
file-made = File made on
file-confidential = This file holds personal data and is meant only for the body that decides.
file-matter = Request
file-received = Received
file-captured = Taken, as the device says
file-address = Place
file-position = Latitude, longitude
file-words = In their own words
file-answers = Answers
file-witness = Witness
file-witness-gone = The witness's data is deleted because its retention is over.
file-name = Name
file-postal-address = Postal address
file-photos = Photos
file-photos-detail = Stored anew and without what the camera noted.
file-photo = Photo
