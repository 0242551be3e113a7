import assert from 'node:assert/strict'
import test from 'node:test'
import { readAnswers } from '../src/console/answers.ts'
import { changedBy } from '../src/console/changed.ts'
import { type Filter, filterOf, queryOf } from '../src/console/filter.ts'
import { changeOf, missingIn } from '../src/console/status-change.ts'
import { templatesFor, withTemplate } from '../src/console/templates.ts'
import { fieldErrors } from '../src/resident/form/errors.ts'
import { ago } from '../src/shared/time.ts'

test('a filter survives the way into the address and back, and says only what narrows', () => {
  const filter: Filter = { status: 'received', service_code: '', department: 'x & y', mine: true, feedback: 'unsolved', q: ' Müll ' }
  assert.equal(queryOf(filterOf('')), '')
  assert.deepEqual(filterOf(`?${queryOf(filter)}`), { ...filter, q: 'Müll' })
})

test('a template is put behind what was typed, and only once', () => {
  assert.equal(withTemplate('', 'Erledigt.'), 'Erledigt.')
  assert.equal(withTemplate('Guten Tag, ', 'Erledigt.'), 'Guten Tag,\nErledigt.')
  assert.equal(withTemplate('Guten Tag,\nErledigt.', 'Erledigt.'), 'Guten Tag,\nErledigt.')
  assert.ok(templatesFor('done').length > 1)
})

test('what the resident needs to know cannot be left out', () => {
  assert.deepEqual(missingIn('not_possible', ' ', ''), ['note'])
  assert.deepEqual(missingIn('handed_over', '', ''), ['agency'])
  assert.deepEqual(missingIn('answer', '', ''), ['note'])
  assert.deepEqual(missingIn('done', '', ''), [])
})

test('a change says only what was chosen', () => {
  assert.deepEqual(changeOf('answer', ' Danke ', 'x'), { status_note: 'Danke' })
  assert.deepEqual(changeOf('done', '', 'x'), { status: 'done' })
  assert.deepEqual(changeOf('handed_over', '', ' ZBG '), { status: 'handed_over', agency_responsible: 'ZBG' })
})

test('answers are read in words, and unknown keys as they are', () => {
  const service = {
    attributes: [{ code: 'kind', datatype: 'multivaluelist', description: 'Was?', values: [{ key: 'bag', name: 'Säcke' }] }],
  } as unknown as Parameters<typeof readAnswers>[1]
  assert.deepEqual(readAnswers({ kind: ['bag', 'new'], other: 7 }, service, 'de'), [
    { question: 'Was?', answer: 'Säcke, new' },
    { question: 'other', answer: '7' },
  ])
})

test('a conflict names whoever was faster', () => {
  const note = { note_id: '1', at: '', by: 'B', text: '' }
  const problem = { title: '', status: 412, code: 'stale' }
  assert.equal(changedBy({ ...problem, by: 'A' }, { notes: [], claimed_by: null }), 'A')
  assert.equal(changedBy(problem, { notes: [note], claimed_by: 'C' }), 'C')
  assert.equal(changedBy(problem, { notes: [note], claimed_by: null }), 'B')
  assert.equal(changedBy(problem, null), null)
})

test('an error stands at the field that its pointer means', () => {
  const problem = { body: { errors: [{ pointer: '/attributes/kind', detail: 'a' }, { pointer: '/contact/email', detail: 'b' }, { pointer: '/latitude', detail: 'c' }] } }
  const errors = fieldErrors(['/attributes/since'], problem as Parameters<typeof fieldErrors>[1], (key) => key)
  assert.deepEqual([...errors], [['question-since', 'answer-missing'], ['question-kind', 'a'], ['email', 'b'], ['place', 'c']])
})

test('age is told in the largest unit that fits', () => {
  const now = Date.parse('2026-05-04T12:00:00Z')
  assert.equal(ago('2026-05-04T11:45:00Z', 'en', now), '15 minutes ago')
  assert.equal(ago('2026-05-04T09:00:00Z', 'en', now), '3 hours ago')
  assert.equal(ago('2026-05-01T12:00:00Z', 'en', now), '3 days ago')
  assert.equal(ago('2026-05-04T12:00:09Z', 'en', now), 'this minute')
})
