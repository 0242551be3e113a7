import type { Position } from '../../shared/contract.ts'

/** What a photo tells about itself before it is shrunk: where and when it was taken. */
export interface PhotoFacts {
  place: Position | null
  taken: string | null
}

const NOTHING: PhotoFacts = { place: null, taken: null }

const TAG = { exif: 0x8769, gps: 0x8825, taken: 0x9003, offset: 0x9011, latRef: 1, lat: 2, lonRef: 3, lon: 4 }
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 }

/** Reads place and time out of a JPEG, PNG or WebP; broken or missing data is no error, only no answer. */
export function readFacts(bytes: ArrayBuffer): PhotoFacts {
  try {
    const block = findBlock(new DataView(bytes))
    return block ? readBlock(block) : NOTHING
  } catch (failure) {
    if (failure instanceof RangeError) return NOTHING
    throw failure
  }
}

/** Finds the TIFF block that carries the EXIF tags. */
function findBlock(view: DataView): DataView | null {
  if (view.byteLength < 16) return null
  if (view.getUint16(0) === 0xffd8) return inJpeg(view)
  if (view.getUint32(0) === 0x89504e47) return inChunks(view, 8, 'eXIf', false)
  if (text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WEBP') return inChunks(view, 12, 'EXIF', true)
  return null
}

function inJpeg(view: DataView): DataView | null {
  for (let at = 2; at + 10 < view.byteLength; ) {
    const marker = view.getUint16(at)
    const size = view.getUint16(at + 2)
    if (marker === 0xffe1 && text(view, at + 4, 4) === 'Exif') return part(view, at + 10, size - 8)
    if (marker >> 8 !== 0xff || marker === 0xffda || size < 2) return null
    at += 2 + size
  }
  return null
}

/** PNG writes length before name and a checksum after; WebP writes name before length, padded to two. */
function inChunks(view: DataView, start: number, name: string, webp: boolean): DataView | null {
  for (let at = start; at + 8 < view.byteLength; ) {
    const size = webp ? view.getUint32(at + 4, true) : view.getUint32(at)
    if (text(view, at + (webp ? 0 : 4), 4) === name) {
      const prefix = text(view, at + 8, 4) === 'Exif' ? 6 : 0
      return part(view, at + 8 + prefix, size - prefix)
    }
    at += 8 + size + (webp ? size % 2 : 4)
  }
  return null
}

function part(view: DataView, offset: number, size: number): DataView {
  return new DataView(view.buffer, view.byteOffset + offset, Math.min(size, view.byteLength - offset))
}

function readBlock(block: DataView): PhotoFacts {
  const little = text(block, 0, 2) === 'II'
  const first = tagsAt(block, block.getUint32(4, little), little)
  const exif = first.has(TAG.exif) ? tagsAt(block, first.get(TAG.exif)?.[0] ?? 0, little) : new Map<number, number[]>()
  const gps = first.has(TAG.gps) ? tagsAt(block, first.get(TAG.gps)?.[0] ?? 0, little) : new Map<number, number[]>()
  return { place: placeOf(gps), taken: takenOf(exif) }
}

type Tags = Map<number, number[]>

function tagsAt(block: DataView, offset: number, little: boolean): Tags {
  const tags: Tags = new Map()
  const count = block.getUint16(offset, little)
  for (let i = 0; i < count; i++) {
    const at = offset + 2 + 12 * i
    const type = block.getUint16(at + 2, little)
    const length = block.getUint32(at + 4, little)
    const size = SIZES[type]
    if (!size || length > 64) continue
    const from = size * length > 4 ? block.getUint32(at + 8, little) : at + 8
    tags.set(
      block.getUint16(at, little),
      Array.from({ length }, (_, n) => valueAt(block, from + n * size, type, little)),
    )
  }
  return tags
}

function valueAt(block: DataView, at: number, type: number, little: boolean): number {
  if (type === 5) return block.getUint32(at, little) / block.getUint32(at + 4, little)
  if (type === 10) return block.getInt32(at, little) / block.getInt32(at + 4, little)
  if (type === 9) return block.getInt32(at, little)
  if (type === 4) return block.getUint32(at, little)
  return type === 3 ? block.getUint16(at, little) : block.getUint8(at)
}

function placeOf(gps: Tags): Position | null {
  const latitude = degrees(gps.get(TAG.lat), letters(gps.get(TAG.latRef)) === 'S')
  const longitude = degrees(gps.get(TAG.lon), letters(gps.get(TAG.lonRef)) === 'W')
  const known = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  // Cameras without a fix write 0/0, which lies in the sea.
  return known && (latitude !== 0 || longitude !== 0) ? { longitude, latitude } : null
}

function degrees(parts: number[] | undefined, negative: boolean): number | null {
  if (parts?.length !== 3) return null
  const [whole = NaN, minutes = NaN, seconds = NaN] = parts
  const value = whole + minutes / 60 + (Number.isFinite(seconds) ? seconds : 0) / 3600
  return Number.isFinite(value) ? (negative ? -value : value) : null
}

function takenOf(exif: Tags): string | null {
  const found = letters(exif.get(TAG.taken)).match(/^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/)
  if (!found) return null
  const offset = letters(exif.get(TAG.offset)).match(/^[+-]\d\d:\d\d$/)?.[0] ?? ''
  const at = new Date(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${offset}`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

function letters(codes: number[] | undefined): string {
  return String.fromCharCode(...(codes ?? []).filter((code) => code > 0))
}

function text(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, i) => view.getUint8(at + i)))
}
