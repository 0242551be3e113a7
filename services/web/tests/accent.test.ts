import assert from 'node:assert/strict'
import test from 'node:test'
import { accentTones, contrast } from '../src/shared/accent.ts'

const LIGHT = '#f4f6f6'
const DARK = '#1c2426'

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff').toFixed(2), '21.00')
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48')
})

for (const accent of ['#ffe600', '#00727d', '#e2001a', '#000000', '#ffffff', '#7f7f7f'])
  test(`${accent} becomes readable on both surfaces`, () => {
    const tones = accentTones(accent)
    assert.ok(tones)
    assert.ok(contrast(tones.light, LIGHT) >= 4.5, tones.light)
    assert.ok(contrast('#ffffff', tones.light) >= 4.5, 'button text')
    assert.ok(contrast(tones.dark, DARK) >= 4.5, tones.dark)
    assert.ok(contrast('#0d1517', tones.dark) >= 4.5, 'button text')
  })

test('a colour that is readable already stays as the city wrote it, and nonsense is no colour', () => {
  assert.equal(accentTones('#00525d')?.light, '#00525d')
  assert.equal(accentTones('red; background: url(x)'), null)
})
