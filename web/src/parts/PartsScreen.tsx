import './parts-screen.css'
import type { ReactNode } from 'react'

import { Button } from './Button.tsx'
import { classes } from './classes.ts'
import { Empty } from './Empty.tsx'
import { Finding } from './Finding.tsx'
import { Mark } from './Mark.tsx'
import { Message } from './Message.tsx'
import { Outcome, OutcomeChip, OutcomeDisc } from './Outcome.tsx'
import { ButtonSamples, ChoiceSamples, FieldSamples } from './samples.tsx'
import { Settling } from './Settling.tsx'
import { Skeleton } from './Skeleton.tsx'
import { useTitle } from './use-title.ts'

const inks = [
  ['ground', 'page, map'],
  ['surface', 'cards'],
  ['sunken', 'wells'],
  ['line', 'rules'],
  ['line-strong', 'controls'],
  ['ink', 'text'],
  ['ink-2', 'second'],
  ['ink-3', 'labels'],
  ['primary', 'one a view'],
  ['accent', 'links, focus'],
  ['accent-soft', 'selected'],
  ['danger', 'refused'],
] as const

const outcomes = [
  { name: 'Interested', color: '#186e68', icon: 'thumbs-up' },
  { name: 'Not interested', color: '#bd1b2e', icon: 'thumbs-down' },
  { name: 'No answer', color: '#7d8995', icon: 'door-closed' },
  { name: 'Come back later', color: '#c07a16', icon: 'clock' },
  { name: 'Customer on site', color: '#2e95ff', icon: 'handshake' },
]

interface SectionProps {
  readonly title: string
  readonly span?: string
  readonly children: ReactNode
}

const Section = ({ title, span = '', children }: SectionProps) => (
  <section className={classes(span)}>
    <h2 className="eyebrow">{title}</h2>
    {children}
  </section>
)

const Colours = () => (
  <div className="swatches">
    {inks.map(([name, use]) => (
      <div key={name}>
        <i style={{ background: `var(--${name})` }} />
        {name}
        <br />
        {use}
      </div>
    ))}
  </div>
)

const Findings = () => (
  <div className="pairs">
    <Finding isChip kind="verified" m={42} />
    <Finding isChip kind="location_unknown" m={180} />
    <Finding isChip kind="resource_location_too_far" m={1_240} />
    <Finding isChip kind="location_services_disabled" />
    <Finding isChip kind="waiting" />
    <Finding isChip kind="refused" />
    <Finding kind="verified" m={42} />
    <Finding kind="sending" />
  </div>
)

const Settlings = () => (
  <div className="stack">
    <Settling kind="waiting" aside="up to 20 s">
      {'Looking for you'}
    </Settling>
    <Settling kind="waiting" aside="±65 m">
      {'About 60 m away'}
    </Settling>
    <Settling kind="verified" aside="±12 m">
      {'At the customer · 42 m'}
    </Settling>
    <Settling kind="location_unknown" aside="±40 m">
      {'Close to the edge · 310 m'}
    </Settling>
    <Settling kind="resource_location_too_far" aside="±24 m">
      {'1.24 km from the address'}
    </Settling>
    <Settling kind="location_services_disabled" aside="Turn on">
      {'Location is off for Doorstep'}
    </Settling>
  </div>
)

const Outcomes = () => (
  <div className="stack">
    <div className="line">
      {outcomes.map((outcome) => (
        <OutcomeDisc key={outcome.name} outcome={outcome} />
      ))}
      {outcomes.map((outcome) => (
        <OutcomeChip key={outcome.name} outcome={outcome} />
      ))}
    </div>
    <div className="line">
      {outcomes.map((outcome) => (
        <Outcome key={outcome.name} outcome={outcome} />
      ))}
    </div>
  </div>
)

const Messages = () => (
  <div className="stack">
    <Message kind="trouble">
      {'Doorstep cannot be reached. '}
      <b>{'Trying again in 8 s'}</b>
    </Message>
    <Message kind="warning">{'3,194 dates fit only with the day first.'}</Message>
    <Message kind="info">{'A new version is ready.'}</Message>
    <Message kind="done">{'Both sides agree.'}</Message>
  </div>
)

/** All parts in all states, in development only. */
export function PartsScreen() {
  useTitle('Parts')
  return (
    <main className="parts-screen">
      <Section title="Mark and name" span="s3">
        <div className="line">
          <Mark size={72} />
          <span className="name">{'Doorstep'}</span>
        </div>
        <div className="line">
          <Mark size={32} />
          <Mark size={20} />
          <Mark size={16} />
        </div>
      </Section>
      <Section title="Grounds, inks and the one accent" span="s5">
        <Colours />
      </Section>
      <Section title="Location: colour, shape and word, always all three">
        <Findings />
      </Section>
      <Section title="Buttons and filters">
        <ButtonSamples />
      </Section>
      <Section title="Fields and menus">
        <FieldSamples />
      </Section>
      <Section title="The chip that settles, on the phone" span="tall">
        <Settlings />
      </Section>
      <Section title="Choices and marks">
        <ChoiceSamples />
      </Section>
      <Section title="Loading keeps the shape">
        <Skeleton rows={3} />
      </Section>
      <Section title="Outcomes">
        <Outcomes />
      </Section>
      <Section title="Trouble says what happens next">
        <Messages />
      </Section>
      <Section title="Nothing there" span="s5">
        <Empty
          title="No visits in these 30 days"
          help="Widen the dates, or clear the two filters that are set."
        >
          <Button>{'Clear filters'}</Button>
          <Button kind="primary">{'Last 12 months'}</Button>
        </Empty>
      </Section>
      <Section title="Type: Geist, one variable file" span="s7">
        <div className="stack">
          <span className="figure">{'1,284 · 91.3%'}</span>
          <span className="title">{'Mercearia Flor do Tejo'}</span>
          <span>{'Text is 13/18 on the desk'}</span>
          <span className="muted small">{'Second lines are 12/16'}</span>
          <span className="eyebrow">{'Labels are 11.5/16'}</span>
        </div>
      </Section>
    </main>
  )
}
