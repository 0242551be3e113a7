### Die Datei, mit der ein Vorgang an eine andere Stelle geht.

file-practice = Übungsdaten. Alle Personen und Vorgänge sind erfunden.
file-made = Datei erstellt am
file-confidential = Diese Datei enthält personenbezogene Daten und ist nur für die Stelle bestimmt, die entscheidet.
file-matter = Vorgang
file-received = Eingegangen
file-captured = Aufgenommen, laut Gerät
file-address = Ort
file-position = Breite, Länge
file-words = Mit eigenen Worten
file-answers = Angaben
file-witness = Zeugin oder Zeuge
file-witness-gone = Die Angaben zur Person sind gelöscht, weil ihre Aufbewahrung zu Ende ist.
file-name = Name
file-postal-address = Anschrift
file-photos = Fotos
file-photos-detail = Neu gespeichert und ohne Angaben der Kamera.
file-photo = Foto
