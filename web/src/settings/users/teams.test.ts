import { describe, expect, it } from 'vitest'

import type { User } from '../../api/users.ts'
import { isMatch, rowsOf, sightChange, Teams } from './teams.ts'

const newUser = (id: number, name: string, manager: number | null, role: User['role'] = 'user') =>
  ({
    id,
    name,
    role,
    email: `${id}@team.example`,
    reports_to: manager,
    status: 'active',
  }) as User

const chief = newUser(1, 'Chief', null, 'admin')
const north = newUser(2, 'North Manager', 1)
const south = newUser(3, 'South Manager', 1)
const rep = newUser(4, 'Zoë Rep-Álvarez', 2)
const other = newUser(5, 'Other Rep', 3)
const alone = newUser(6, 'Alone', 99)
const users = [chief, north, south, rep, other, alone]
const teams = new Teams(users)

const names = (search: object, closed: number[] = []) =>
  rowsOf(users, teams, search, new Set(closed)).map(
    ({ user, depth }) => `${'-'.repeat(depth)}${user.name}`,
  )

describe('teams', () => {
  it('are a tree, whose parts close, and a list where somebody is looked for', () => {
    expect(names({})).toEqual([
      'Chief',
      '-North Manager',
      '--Zoë Rep-Álvarez',
      '-South Manager',
      '--Other Rep',
      'Alone',
    ])
    expect(names({}, [2])).not.toContain('--Zoë Rep-Álvarez')
    expect(names({ role: 'manager' })).toEqual(['North Manager', 'South Manager'])
    expect(names({ q: 'alv zo' })).toEqual(['Zoë Rep-Álvarez'])
    expect(isMatch(rep, '4@team')).toBe(true)
    expect(isMatch(rep, 'ep')).toBe(false)
  })

  it('may be a circle', () => {
    const circle = [newUser(1, 'A', 2), newUser(2, 'B', 1)]
    const rows = rowsOf(circle, new Teams(circle), {}, new Set())
    expect(rows.map(({ user }) => user.name)).toEqual(['A', 'B'])
  })

  it('say who would see whose visits', () => {
    expect(sightChange(teams, rep, south.id)).toEqual({
      gain: ['South Manager'],
      lose: ['North Manager'],
    })
    expect(sightChange(teams, rep, north.id)).toEqual({ gain: [], lose: [] })
    expect(sightChange(teams, rep, null)).toEqual({ gain: [], lose: ['North Manager'] })
  })
})
