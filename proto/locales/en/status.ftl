# Where a request stands, as residents read it.

status-received = Received
status-in-review = Being checked
status-in-progress = Work ordered
status-done = Done
status-not-possible = Not possible
status-handed-over = Responsible: { $agency }
status-withdrawn = Withdrawn

# Why a request is with a department, when the city's catalogue does not say so itself.
department-reason = In this city, requests of the kind “{ $service }” are handled by: { $department }.
