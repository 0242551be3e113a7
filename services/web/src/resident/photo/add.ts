import { uuidv7 } from '../../shared/identity.ts'
import { draft, MOST_PHOTOS } from '../draft.svelte.ts'
import { locateIfAllowed } from '../place/locate.ts'
import { readFacts } from './exif.ts'
import { shrink } from '../../shared/shrink.ts'

/** Photos taken longer ago than this say nothing of when a person saw what is reported. */
const OLDEST = 90 * 86_400_000

/**
 * Adds a photo to the draft: its place and time are read first, because the smaller copy has neither.
 *
 * A photo never moves a place that the person chose.
 */
export async function addPhoto(file: File): Promise<void> {
  if (draft.content.photos.length >= MOST_PHOTOS) return
  const facts = readFacts(await file.slice(0, 512 * 1024).arrayBuffer())
  const whole = facts.place || file.size <= 512 * 1024 ? facts : readFacts(await file.arrayBuffer())
  const bytes = await shrink(file)
  const { content } = draft
  content.photos.push({ photo_id: uuidv7(), bytes })
  content.captured_at ??= plausible(whole.taken) ?? new Date().toISOString()
  if (!content.position && !content.address) {
    if (whole.place) {
      content.position = whole.place
      content.source = 'photo'
      content.confirmed = false
    } else void locateIfAllowed()
  }
  await draft.keep()
}

function plausible(taken: string | null): string | null {
  const age = taken ? Date.now() - Date.parse(taken) : NaN
  return age >= 0 && age <= OLDEST ? taken : null
}
