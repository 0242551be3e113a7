import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { FiledRequest, NewRequest } from '../../shared/contract.ts'
import type { ProblemBody } from '../../shared/api.ts'
import type { DraftContent } from '../draft.svelte.ts'

/** A photo as it waits to be sent; its id never changes, so that sending it again is no second photo. */
export interface Photo {
  photo_id: string
  bytes: Blob
}

/** A request that was sent off by a person and not yet acknowledged by the server. */
export interface Waiting {
  service_request_id: string
  idempotency_key: string
  service_name: string
  request: NewRequest
  photos: Photo[]
  made_at: string
  /** What was typed, to go on with if the server refuses it. */
  draft: DraftContent
  refused: ProblemBody | null
}

/** A request that the server has; the secret opens its page. */
export interface Sent extends FiledRequest {
  service_name: string
}

interface Shelf extends DBSchema {
  draft: { key: 'current'; value: DraftContent }
  waiting: { key: string; value: Waiting }
  sent: { key: string; value: Sent }
  device: { key: 'id' | 'secret' | 'idempotency_key'; value: string }
}

let opened: Promise<IDBPDatabase<Shelf>> | undefined

/** Opens the browser's own store; it survives a reload and a dead network. */
export function shelf(): Promise<IDBPDatabase<Shelf>> {
  opened ??= openDB<Shelf>('resident', 1, {
    upgrade(database) {
      database.createObjectStore('draft')
      database.createObjectStore('waiting', { keyPath: 'service_request_id' })
      database.createObjectStore('sent', { keyPath: 'service_request_id' })
      database.createObjectStore('device')
    },
  })
  return opened
}
