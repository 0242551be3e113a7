"""Says in sentences what another program read, and whether it is what it should be."""


class Findings:
    """The comparisons of one program."""

    def __init__(self, reader):
        self.reader = reader
        self.agreed = self.disagreed = 0

    def compare(self, what, theirs, ours, asked=True):
        """Compares what was read with each answer of ours, by who gave it.

        Was the server not asked for it, then the comparison says nothing of the server, and fails too.
        """
        parts = [f"{who} says {difference(theirs, answer)}" for who, answer in ours.items() if answer != theirs]
        if not asked:
            parts.append("it did not ask the server for this, but sorted it out by itself")
        self.note(f"{what}; {' and '.join(ours)} {'says' if len(ours) == 1 else 'say'} the same", what, parts)

    def hold(self, what, holds):
        """Notes what should be so."""
        self.note(what, what, [] if holds else ["this does not hold"])

    def note(self, good, bad, faults):
        if faults:
            self.disagreed += 1
            print(f"{self.reader}: {bad}. WRONG:", *faults, sep="\n    ", flush=True)
        else:
            self.agreed += 1
            print(f"{self.reader}: {good}", flush=True)

    def end(self):
        """Sums up; the code with which the program ends."""
        print(f"{self.reader}: {self.agreed} comparisons agree, {self.disagreed} do not", flush=True)
        return 0 if self.agreed and not self.disagreed else 1


def difference(theirs, ours):
    """Where two answers part, in one line."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in [*ours, *theirs]:
            if theirs.get(key) != ours.get(key):
                return f"of {key}: {ours.get(key)!r}, not {theirs.get(key)!r}"
    if isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            return f"{len(ours)}, not {len(theirs)}"
        return next(difference(one, other) for one, other in zip(theirs, ours) if one != other)
    return f"{ours!r}, not {theirs!r}"


def features(number):
    return "1 feature" if number == 1 else f"{number} features"
