import type { NewRequest, Position, Service } from '../shared/contract.ts'
import { rounded } from '../shared/geography.ts'
import { idempotencyKey, uuidv7 } from '../shared/identity.ts'
import { type Photo, shelf, type Waiting } from './outbox/store.ts'

/** Where the place came from; a place out of a photo counts only when a person says so. */
export type PlaceSource = 'photo' | 'device' | 'map' | 'address'

/** Everything that a person has typed or chosen so far. */
export interface DraftContent {
  service_code: string
  photos: Photo[]
  captured_at: string | null
  position: Position | null
  source: PlaceSource | null
  /** What the place is called, when it was chosen by its name. */
  label: string
  confirmed: boolean
  address: string
  description: string
  attributes: Record<string, string | string[]>
  email: string
  name: string
  postal_address: string
}

export const MOST_PHOTOS = 5

export function emptyDraft(service_code = ''): DraftContent {
  return {
    service_code,
    photos: [],
    captured_at: null,
    position: null,
    source: null,
    label: '',
    confirmed: false,
    address: '',
    description: '',
    attributes: {},
    email: '',
    name: '',
    postal_address: '',
  }
}

/** Says what the city is told: nothing that was left empty, and nothing that this service does not ask for. */
export function requestOf(draft: DraftContent, service: Service, language: string, id: string): NewRequest {
  const asked = new Set(service.attributes.map((attribute) => attribute.code))
  const request: NewRequest = {
    service_request_id: id,
    service_code: service.service_code,
    attributes: Object.fromEntries(
      Object.entries(draft.attributes).filter(([code, value]) => asked.has(code) && value.length > 0),
    ),
    photos: photosOf(draft, service).map((photo) => photo.photo_id),
  }
  if (draft.position) Object.assign(request, rounded(draft.position))
  if (draft.address.trim()) request.address_string = draft.address.trim()
  if (service.accepts.text && draft.description.trim()) request.description = draft.description.trim()
  if (service.accepts.photos && draft.captured_at) request.captured_at = draft.captured_at
  const contact = contactOf(draft, service, language)
  if (contact) request.contact = contact
  return request
}

function photosOf(draft: DraftContent, service: Service): Photo[] {
  return service.accepts.photos ? draft.photos : []
}

function contactOf(draft: DraftContent, service: Service, language: string): NewRequest['contact'] {
  const email = draft.email.trim() ? { email: draft.email.trim() } : {}
  if (service.contact === 'required_with_name')
    return { ...email, name: draft.name.trim(), postal_address: draft.postal_address.trim(), purpose: 'witness', language }
  return service.contact === 'optional' && draft.email.trim() ? { ...email, purpose: 'answer', language } : undefined
}

/** Names what is still missing, by the pointer of its field. */
export function missingIn(draft: DraftContent, service: Service | null): string[] {
  const missing: string[] = []
  if (!service) missing.push('/service_code')
  if (!draft.position && !draft.address.trim()) missing.push('/longitude')
  else if (draft.position && !draft.confirmed) missing.push('/longitude')
  for (const attribute of service?.attributes ?? [])
    if (attribute.required && !draft.attributes[attribute.code]?.length) missing.push(`/attributes/${attribute.code}`)
  if (service?.contact === 'required_with_name')
    for (const field of ['name', 'postal_address'] as const) if (!draft[field].trim()) missing.push(`/contact/${field}`)
  return missing
}

/** The draft on the page, kept in the browser with each change so that nothing typed is lost. */
class Draft {
  content = $state<DraftContent>(emptyDraft())

  async open(): Promise<void> {
    const kept = await (await shelf()).get('draft', 'current')
    if (kept) this.content = { ...emptyDraft(), ...kept }
  }

  async keep(): Promise<void> {
    await (await shelf()).put('draft', $state.snapshot(this.content) as DraftContent, 'current')
  }

  async clear(service_code = ''): Promise<void> {
    this.content = emptyDraft(service_code)
    await this.keep()
  }

  /** Turns the draft into something that can wait to be sent. */
  sealed(service: Service, language: string): Waiting {
    const draft = $state.snapshot(this.content) as DraftContent
    const id = uuidv7()
    return {
      service_request_id: id,
      idempotency_key: idempotencyKey(),
      service_name: service.service_name,
      request: requestOf(draft, service, language, id),
      photos: photosOf(draft, service),
      made_at: new Date().toISOString(),
      draft,
      refused: null,
    }
  }
}

export const draft = new Draft()
