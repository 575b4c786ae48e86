import { Menu } from '@base-ui/react/menu'
import { Calendar, Code, Link, List, Map, Search, X } from 'lucide-react'
import { useState } from 'react'

import { Avatar } from './Avatar.tsx'
import { Button } from './Button.tsx'
import { Checkbox } from './Checkbox.tsx'
import { AddFilter, Filter, SetFilter } from './Filter.tsx'
import { Kbd } from './Kbd.tsx'
import { MenuPopup } from './MenuPopup.tsx'
import { Meter } from './Meter.tsx'
import { PasswordField } from './PasswordField.tsx'
import { Question } from './Question.tsx'
import { Segmented } from './Segmented.tsx'
import { Select } from './Select.tsx'
import { Switch } from './Switch.tsx'
import { Tag } from './Tag.tsx'
import { TextField } from './TextField.tsx'
import { Tip } from './Tip.tsx'
import { offerUndo } from './toasts.ts'

export function ButtonSamples() {
  const [layer, setLayer] = useState<'map' | 'list'>('map')
  const [isAsked, setIsAsked] = useState(false)
  return (
    <div className="stack">
      <div className="line">
        <Button kind="primary" hint="A" onClick={() => offerUndo('14 findings kept', () => {})}>
          {'Approve'}
        </Button>
        <Button>{'Save view'}</Button>
        <Button kind="ghost">{'Cancel'}</Button>
        <Tip text="Search" hint="/">
          <Button isIcon aria-label="Search">
            <Search />
          </Button>
        </Tip>
        <Button kind="danger" onClick={() => setIsAsked(true)}>
          {'Revoke'}
        </Button>
        <Button disabled>{'Disabled'}</Button>
        <Button size="small">{'Small'}</Button>
      </div>
      <div className="line">
        <Segmented
          name="View"
          value={layer}
          onValue={setLayer}
          choices={[
            { value: 'map', name: 'Map', icon: <Map aria-hidden="true" /> },
            { value: 'list', name: 'List', icon: <List aria-hidden="true" /> },
          ]}
        />
        <Filter name="Outcome" value="Any" />
        <SetFilter onClear={() => {}} icon={<Calendar aria-hidden="true" />}>
          {'Too far'}
        </SetFilter>
        <AddFilter />
      </div>
      {isAsked && (
        <Question
          title="Revoke this token?"
          help="Programs that use it are refused from now on. This cannot be undone."
          confirm="Revoke"
          isPending={false}
          onConfirm={() => setIsAsked(false)}
          onClose={() => setIsAsked(false)}
        />
      )}
    </div>
  )
}

export function FieldSamples() {
  const [place, setPlace] = useState('Alcochete')
  const [radius, setRadius] = useState('2,100')
  const [secret, setSecret] = useState('secret')
  const [role, setRole] = useState<'user' | 'admin'>('user')
  return (
    <div className="stack">
      <TextField label="Town" value={place} onText={setPlace} hint="Where it is" aside="optional" />
      <TextField
        label="Radius"
        value={radius}
        onText={setRadius}
        problem="Between 50 and 2,000 m."
        end={<span className="faint">{'m'}</span>}
      />
      <PasswordField label="Password" value={secret} onText={setSecret} />
      <div className="line">
        <Select
          name="Role"
          value={role}
          onValue={setRole}
          choices={[
            { value: 'user', name: 'Rep' },
            { value: 'admin', name: 'Admin' },
          ]}
        />
        <Menu.Root>
          <Menu.Trigger render={<Button />}>{'Menu'}</Menu.Trigger>
          <MenuPopup>
            <Menu.Item className="item">
              <Link aria-hidden="true" />
              {'Copy link'}
              <Kbd>{'C'}</Kbd>
            </Menu.Item>
            <Menu.Item className="item">
              <Code aria-hidden="true" />
              {'API request'}
            </Menu.Item>
            <Menu.Item className="item danger">
              <X aria-hidden="true" />
              {'Delete'}
            </Menu.Item>
          </MenuPopup>
        </Menu.Root>
      </div>
    </div>
  )
}

export function ChoiceSamples() {
  const [isOn, setIsOn] = useState(true)
  return (
    <div className="stack">
      <div className="line">
        <Checkbox name="Marked" isChecked={isOn} onChecked={setIsOn} />
        <Checkbox name="Some" isChecked={false} isMixed onChecked={() => {}} />
        <Checkbox name="None" isChecked={false} onChecked={() => {}} />
        <Switch name="On" isOn={isOn} onChange={setIsOn} />
        <Switch name="Off" isOn={!isOn} onChange={(value) => setIsOn(!value)} />
        <Tag>{'Recommended'}</Tag>
        <Tag kind="warning">{'Expires'}</Tag>
        <Tag kind="accent">{'New'}</Tag>
        <Tag kind="done">{'Done'}</Tag>
      </div>
      <div className="line">
        {['Beatriz Sá', 'Inês Carvalho', 'Duarte Pires', 'Lemos', 'Rui Matos'].map((name, id) => (
          <Avatar key={name} id={id} name={name} />
        ))}
        <Avatar id={6} name="Tiago Neves" size="small" />
        <Avatar id={7} name="Sofia Lemos" size="large" />
      </div>
      <Meter name="Visits" share={0.62} />
      <Meter name="People" share={0.3} isLarge />
    </div>
  )
}
