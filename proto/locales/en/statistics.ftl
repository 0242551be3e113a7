# Figures: names of rows, columns and files. File names without accents and spaces.

statistics-no-district = No district
statistics-handed-over = Another body is responsible
statistics-requests = All reports

statistics-column-none = Selection
statistics-column-district = District
statistics-column-service_group = Group
statistics-column-service_code = Service
statistics-column-status = Status
statistics-column-key = Key
statistics-column-count = Reports
statistics-column-open = of these open
statistics-column-inhabitants = Inhabitants
statistics-column-per-1000 = Reports per 1,000 people
statistics-column-median-days = Days until the end (median)
statistics-column-from = From

statistics-file-none = Reports
statistics-file-district = Reports-by-district
statistics-file-service_group = Reports-by-group
statistics-file-service_code = Reports-by-service
statistics-file-status = Reports-by-status

# What spreadsheets of this language expect between columns and before decimals.
statistics-separator = ,
statistics-decimal = .
