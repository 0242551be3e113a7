import assert from 'node:assert/strict'
import test from 'node:test'
import { readFacts } from '../src/resident/photo/exif.ts'

/** Writes a TIFF block with a position and a time, as a camera does. */
function tiff(little: boolean, { north = true, seconds = [1776, 100] } = {}): Uint8Array {
  const bytes = new Uint8Array(400)
  const view = new DataView(bytes.buffer)
  const put16 = (at: number, value: number) => view.setUint16(at, value, little)
  const put32 = (at: number, value: number) => view.setUint32(at, value, little)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    put16(at, tag)
    put16(at + 2, type)
    put32(at + 4, count)
    put32(at + 8, value)
  }
  const letters = (at: number, text: string) => [...text].forEach((sign, i) => (bytes[at + i] = sign.charCodeAt(0)))
  letters(0, little ? 'II' : 'MM')
  put16(2, 42)
  put32(4, 8)
  put16(8, 2)
  entry(10, 0x8769, 4, 1, 60)
  entry(22, 0x8825, 4, 1, 100)
  put16(60, 2)
  entry(62, 0x9003, 2, 20, 200)
  entry(74, 0x9011, 2, 7, 230)
  letters(200, '2026:05:04 10:20:30\0')
  letters(230, '+02:00\0')
  put16(100, 4)
  entry(102, 1, 2, 2, 0)
  letters(110, north ? 'N' : 'S')
  entry(114, 2, 5, 3, 250)
  entry(126, 3, 2, 2, 0)
  letters(134, 'E')
  entry(138, 4, 5, 3, 280)
  ;[51, 1, 34, 1, ...seconds].forEach((part, i) => put32(250 + 4 * i, part))
  ;[6, 1, 58, 1, 5880, 100].forEach((part, i) => put32(280 + 4 * i, part))
  return bytes
}

function jpeg(block: Uint8Array): ArrayBuffer {
  const size = block.length + 8
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, size >> 8, size & 255, 0x45, 0x78, 0x69, 0x66, 0, 0, ...block, 0xff, 0xda, 0, 0]).buffer
}

function png(block: Uint8Array): ArrayBuffer {
  const length = [block.length >> 8, block.length & 255]
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, ...length, 0x65, 0x58, 0x49, 0x66, ...block, 0, 0, 0, 0]).buffer
}

function webp(block: Uint8Array): ArrayBuffer {
  const letters = (text: string) => [...text].map((sign) => sign.charCodeAt(0))
  const size = [block.length & 255, block.length >> 8, 0, 0]
  return Uint8Array.from([...letters('RIFF'), 0, 0, 0, 0, ...letters('WEBP'), ...letters('VP8 '), 1, 0, 0, 0, 9, 0, ...letters('EXIF'), ...size, ...block]).buffer
}

for (const [name, wrap] of Object.entries({ jpeg, png, webp }))
  for (const little of [true, false])
    test(`a ${name} with ${little ? 'Intel' : 'Motorola'} byte order tells its place and time`, () => {
      const { place, taken } = readFacts(wrap(tiff(little)))
      assert.equal(place?.latitude.toFixed(4), '51.5716')
      assert.equal(place?.longitude.toFixed(4), '6.9830')
      assert.equal(taken, '2026-05-04T08:20:30.000Z')
    })

test('south of the equator is negative', () => {
  assert.equal(readFacts(jpeg(tiff(true, { north: false }))).place?.latitude.toFixed(4), '-51.5716')
})

test('seconds that divide by zero count as none', () => {
  assert.equal(readFacts(jpeg(tiff(true, { seconds: [0, 0] }))).place?.latitude.toFixed(4), '51.5667')
})

test('every cut of a photo is read without an error', () => {
  const whole = jpeg(tiff(false))
  for (let length = 0; length < whole.byteLength; length++) assert.doesNotThrow(() => readFacts(whole.slice(0, length)))
})

test('a file that is no photo tells nothing', () => {
  assert.deepEqual(readFacts(new TextEncoder().encode('no photo at all, only words').buffer as ArrayBuffer), { place: null, taken: null })
})
