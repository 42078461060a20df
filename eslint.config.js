// ESLint sees what oxlint cannot: the templates of Vue. Expressions in templates are plain JavaScript.
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import vueParser from 'vue-eslint-parser'

// The value of `generic="…"` is TypeScript, which vue-tsc checks and espree cannot read: blanks of the same length stand
// in for it, so that the template is read and every other parsing error still counts.
const parser = {
  ...vueParser,
  parseForESLint: (code, options) =>
    vueParser.parseForESLint(
      code.replace(/(?<=^<script setup lang="ts") generic="[^"]*"(?=>)/m, (text) => ' '.repeat(text.length)),
      options,
    ),
}

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.cache/**', '.data/**', 'look-out/**'] },
  ...vue.configs['flat/essential'],
  ...accessibility.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser,
      // Scripts are oxlint's and vue-tsc's.
      parserOptions: { parser: false },
    },
    rules: {
      // Data is text, never markup (IN-13).
      'vue/no-v-html': 'error',
      'vue/no-v-text-v-html-on-component': 'error',
      'vue/multi-word-component-names': 'off',
    },
  },
]
