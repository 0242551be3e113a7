/** The shapes of the city's API, as far as the two clients read them. */

export type Status = 'received' | 'in_review' | 'in_progress' | 'done' | 'not_possible' | 'handed_over' | 'withdrawn'

/** Every status, in the order in which a request usually passes them. */
export const STATUSES: readonly Status[] = [
  'received',
  'in_review',
  'in_progress',
  'done',
  'not_possible',
  'handed_over',
  'withdrawn',
]

export interface Position {
  longitude: number
  latitude: number
}

export interface City {
  name: string
  center: [number, number]
  bounds: [number, number, number, number]
  /** A style with streets that the city pays for or hosts; without it the map draws what it has itself. */
  map_style?: string | null
  hazard: Hazard
  languages: string[]
  attribution: (string | { text: string; url?: string | null })[]
  /** Names of departments by their keys, for staff. */
  departments?: { key: string; name: string }[]
  accent?: { light: string; dark: string }
  demonstration?: boolean
}

export interface Hazard {
  text?: string | null
  numbers: { number: string; label: string }[]
}

export interface Home {
  hazard: Hazard
  services: Service[]
  latest: PublicRequest[]
}

export interface Service {
  service_code: string
  service_name: string
  description: string
  group: string
  group_name: string
  keywords: string[]
  attributes: Attribute[]
  visibility: 'public' | 'confidential'
  expected_days: number | null
  hazard: boolean
  accepts: { text: boolean; photos: boolean }
  contact: 'none' | 'optional' | 'required_with_name'
  /** Set when staff can hand a request over as one file. */
  hand_over: 'file' | null
}

export interface Attribute {
  code: string
  datatype: 'singlevaluelist' | 'multivaluelist' | 'string' | 'text' | 'number' | 'datetime'
  required: boolean
  order: number
  description: string
  values: { key: string; name: string }[]
}

export interface Place extends Position {
  name: string
}

/** A house, a street (a house in its middle) or a stop or square, as the address search answers. */
export interface Address extends Position {
  kind: 'address' | 'street' | 'place'
  /** As people write it: "Horster Straße 12a". */
  label: string
  street: string | null
  house_number: string | null
  postal_code: string | null
  /** The key of the district. */
  district: string | null
}

export interface NewRequest extends Partial<Position> {
  service_request_id: string
  service_code: string
  address_string?: string
  description?: string
  attributes: Record<string, string | string[]>
  photos: string[]
  captured_at?: string
  contact?: {
    email?: string
    name?: string
    postal_address?: string
    purpose: 'answer' | 'witness'
    language: string
  }
}

export interface FiledRequest {
  service_request_id: string
  reference: string
  secret: string
  status: Status
  requested_datetime: string
  page: string
}

export interface PublicRequest {
  service_request_id: string
  reference: string
  service_code: string
  service_name: string
  status: Status
  status_notes: string | null
  agency_responsible: string | null
  requested_datetime: string
  updated_datetime: string
  longitude: number | null
  latitude: number | null
  description: string | null
  photos: string[]
  photos_after: string[]
}

export interface QueueRow {
  service_request_id: string
  reference: string
  service_code: string
  service_name: string
  status: Status
  department: string
  claimed_by: string | null
  requested_datetime: string
  updated_datetime: string
  longitude: number | null
  latitude: number | null
  address_string: string | null
  excerpt: string | null
  photo_count: number
  confidential: boolean
  /** Whether the resident agrees that it is done, if they said so. */
  feedback_solved: boolean | null
}

export interface StaffRequest extends QueueRow {
  version: number
  description: string | null
  description_released: boolean
  attributes: Record<string, unknown>
  captured_at: string | null
  status_notes: string | null
  agency_responsible: string | null
  has_contact: boolean
  photos: { photo_id: string; released: boolean }[]
  photos_after: { photo_id: string; released: boolean }[]
  feedback_at: string | null
  department_reason: string
  notes: Note[]
  timeline: Step[]
  next: Status[]
}

/** Who the caller is, as far as the console asks. */
export interface Me {
  may: string[]
  reveal_reasons: { key: string; name: string }[]
}

export interface RevealedContact {
  email: string | null
  name: string | null
  postal_address: string | null
}

export interface Note {
  note_id: string
  at: string
  by: string
  text: string
}

export interface Step {
  at: string
  kind: string
  status: Status | null
  status_name: string | null
  status_note: string | null
}

export interface Session {
  signed_in: boolean
  csrf?: string
  staff?: { name: string; department: string | null; roles: string[] } | null
  sign_in?: string | null
}
