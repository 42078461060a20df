import { defineComponent, h, type PropType, type VNode } from 'vue'
import icons, { type Shape } from 'virtual:icons'

/**
 * Stands in for `@iconify/vue` in the component library too (vite.config.ts): the same names, but drawn from what was
 * bundled. An unknown name draws nothing; nothing is ever asked of an icon server.
 */
const draw = ([tag, attributes, children]: Shape): VNode => h(tag, attributes, children.map(draw))

const shortName = (name: string): string => name.replace(/^(?:i-)?lucide[:-]/, '')

export const Icon = defineComponent({
  name: 'AppIcon',
  props: { icon: { type: String as PropType<string>, required: true } },
  setup: (props) => () =>
    h(
      'svg',
      { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
      (icons[shortName(props.icon)] ?? []).map(draw),
    ),
})

export const iconLoaded = (name: string): boolean => shortName(name) in icons
