/** What the queue is narrowed to; the address carries it, so that a view can be kept as a bookmark. */
export interface Filter {
  status: string
  service_code: string
  department: string
  mine: boolean
  feedback: '' | 'unsolved'
  q: string
}

/** Reads a filter out of the address. */
export function filterOf(search: string): Filter {
  const from = new URLSearchParams(search)
  return {
    status: from.get('status') ?? '',
    service_code: from.get('service_code') ?? '',
    department: from.get('department') ?? '',
    mine: from.get('mine') === 'true',
    feedback: from.get('feedback') === 'unsolved' ? 'unsolved' : '',
    q: from.get('q') ?? '',
  }
}

/** Writes a filter as the query of the API and of the address: only what narrows. */
export function queryOf(filter: Filter): string {
  const to = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value === true) to.set(name, 'true')
    else if (typeof value === 'string' && value.trim()) to.set(name, value.trim())
  }
  return to.toString()
}
