import type { VNode } from 'preact'
import { Icon, iconNames } from './icon.tsx'

export const examples: Record<string, () => VNode> = {
  'every icon': () => (
    <ul>
      {iconNames.map(name => (
        <li key={name}>
          <Icon name={name} /> {name}
        </li>
      ))}
    </ul>
  ),
}
