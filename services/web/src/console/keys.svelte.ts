/** Single keys for the work of the queue; they can be turned off, as WCAG 2.1.4 asks. */
class Keys {
  on = $state(localStorage.getItem('keys') !== 'off')

  toggle(on: boolean): void {
    this.on = on
    localStorage.setItem('keys', on ? 'on' : 'off')
  }

  /** The key that is meant as a command, or nothing while somebody types or holds a modifier. */
  command(event: KeyboardEvent): string | null {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null
    const target = event.target as HTMLElement
    if (event.key === 'Escape') return event.key
    if (!this.on || target.closest('input, textarea, select, dialog, .maplibregl-map')) return null
    if (event.key === 'Enter' && target.closest('a, button, summary')) return null
    return event.key
  }
}

export const keys = new Keys()
