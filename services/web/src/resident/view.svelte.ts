/** What the resident looks at. The address says it too, so that Back and a bookmark work. */
export type View = { name: 'start' } | { name: 'form'; kind: string } | { name: 'sent'; id: string }

class Views {
  now = $state.raw<View>({ name: 'start' })

  open(): void {
    this.now = read(location, history.state)
    addEventListener('popstate', (event) => (this.now = read(location, event.state)))
  }

  show(view: View): void {
    history.pushState(view.name === 'sent' ? { sent: view.id } : null, '', view.name === 'form' ? `/?kind=${encodeURIComponent(view.kind)}` : '/')
    this.now = view
    scrollTo(0, 0)
  }

  /** Replaces the form by what became of it, so that Back does not lead into an empty form. */
  replace(view: View): void {
    history.replaceState(view.name === 'sent' ? { sent: view.id } : null, '', '/')
    this.now = view
    scrollTo(0, 0)
  }
}

function read(at: Location, state: unknown): View {
  const kind = new URLSearchParams(at.search).get('kind')
  if (kind) return { name: 'form', kind }
  const sent = (state as { sent?: string } | null)?.sent
  return sent ? { name: 'sent', id: sent } : { name: 'start' }
}

export const views = new Views()
