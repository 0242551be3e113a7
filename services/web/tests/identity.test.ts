import assert from 'node:assert/strict'
import test from 'node:test'
import { idempotencyKey, uuidv7 } from '../src/shared/identity.ts'

test('a UUIDv7 carries its time in front and its version and variant in place', () => {
  const id = uuidv7(Date.parse('2026-01-02T03:04:05.678Z'))
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(parseInt(id.replaceAll('-', '').slice(0, 12), 16), Date.parse('2026-01-02T03:04:05.678Z'))
})

test('ids made one millisecond apart sort by age', () => {
  assert.ok(uuidv7(1_000_000_000_000) < uuidv7(1_000_000_000_001))
})

test('two intentions never share a key, and a key has only characters that a header takes', () => {
  const keys = new Set(Array.from({ length: 500 }, idempotencyKey))
  assert.equal(keys.size, 500)
  for (const key of keys) assert.match(key, /^[\w-]{32}$/)
})
