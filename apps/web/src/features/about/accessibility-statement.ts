import type { Locale } from '@kotoisa/domain'
import gaps from './known-gaps.json' with { type: 'json' }
import type { Text } from './section.ts'

/** Since 1.1.2025 (306/2019 as changed, HE 71/2024); before it was the Regional State Administrative Agency. */
export const authority = {
  name: {
    fi: 'Liikenne- ja viestintävirasto Traficom',
    sv: 'Transport- och kommunikationsverket Traficom',
    en: 'Finnish Transport and Communications Agency Traficom',
  },
  unit: {
    fi: 'Digitaalisen esteettömyyden ja saavutettavuuden valvontayksikkö',
    sv: 'Tillsynsenheten för digital tillgänglighet',
    en: 'Supervision unit for digital accessibility',
  },
  post: 'PL 320, 00059 TRAFICOM',
  email: 'saavutettavuus@traficom.fi',
  phone: '+358295345000',
  phoneShown: '029 534 5000',
  site: {
    fi: 'https://www.saavutettavuusvaatimukset.fi',
    sv: 'https://www.tillganglighetskrav.fi',
    en: 'https://www.webaccessibility.fi',
  },
} as const

/**
 * The gaps are those of known-gaps.json: what tests found and let be, and what was found by assessing. The tests fail on a
 * finding that is not there, and on a gap that they do not find any more.
 */
const isWhole = gaps.length === 0
const gapsOr = (locale: Locale, none: string): string | readonly string[] => (isWhole ? none : gaps.map(({ text }) => text[locale]))

export const accessibilityStatement: Text = {
  fi: [
    {
      heading: 'Mitä seloste koskee',
      parts: [
        'Tämä seloste koskee Kotoisa-palvelua: henkilöstön työtilaa, vuokranantajan palvelua ja kirjautumista. Palveluun sovelletaan lakia digitaalisten palvelujen tarjoamisesta (306/2019).',
        'Seloste on laadittu 24.11.2026. Se perustuu omaan arviointiin: jokainen sivu käydään jokaisessa julkaisussa läpi koneellisesti (axe, WCAG 2.2 A ja AA), ja päätehtävät kokeillaan pelkällä näppäimistöllä, 320 kuvapisteen leveydellä, suurennettuna, vähennetyllä liikkeellä ja pakotetuilla väreillä.',
      ],
    },
    {
      heading: 'Kuinka saavutettava palvelu on',
      parts: [
        isWhole
          ? 'Palvelu täyttää WCAG 2.2:n A- ja AA-tason vaatimukset.'
          : 'Palvelu täyttää WCAG 2.2:n A- ja AA-tason vaatimukset osittain. Tiedossa olevat puutteet on lueteltu alla.',
      ],
    },
    {
      heading: 'Tiedossa olevat puutteet',
      parts: [gapsOr('fi', 'Puutteita ei ole tiedossa.')],
    },
    {
      heading: 'Jos et voi käyttää jotakin',
      parts: [
        'Saat saman tiedon toisessa muodossa pyytämällä. Luettelot voi ladata myös CSV- ja Excel-tiedostoina, ja jokaisella kuvalla on vastaava taulukko.',
      ],
    },
  ],
  sv: [
    {
      heading: 'Vad utlåtandet gäller',
      parts: [
        'Utlåtandet gäller tjänsten Kotoisa: personalens arbetsyta, hyresvärdens tjänst och inloggningen. På tjänsten tillämpas lagen om tillhandahållande av digitala tjänster (306/2019).',
        'Utlåtandet är daterat 24.11.2026. Det bygger på en egen bedömning: varje sida gås igenom maskinellt i varje version (axe, WCAG 2.2 A och AA), och huvuduppgifterna prövas med enbart tangentbord, på 320 bildpunkters bredd, förstorade, med minskad rörelse och med tvingade färger.',
      ],
    },
    {
      heading: 'Hur tillgänglig tjänsten är',
      parts: [
        isWhole
          ? 'Tjänsten uppfyller kraven i WCAG 2.2 på nivåerna A och AA.'
          : 'Tjänsten uppfyller delvis kraven i WCAG 2.2 på nivåerna A och AA. De brister som är kända räknas upp nedan.',
      ],
    },
    {
      heading: 'Kända brister',
      parts: [gapsOr('sv', 'Inga brister är kända.')],
    },
    {
      heading: 'Om du inte kan använda något',
      parts: [
        'Du får samma uppgifter i en annan form om du ber om det. Listorna kan också laddas ner som CSV- och Excelfiler, och varje bild har en motsvarande tabell.',
      ],
    },
  ],
  en: [
    {
      heading: 'What this statement covers',
      parts: [
        'This statement covers the Kotoisa service: the staff’s workspace, the landlord’s service and signing in. The Act on the Provision of Digital Services (306/2019) applies to it.',
        'It is dated 24 November 2026 and rests on our own assessment: every page of every release is checked by machine (axe, WCAG 2.2 A and AA), and the main tasks are tried by keyboard alone, at a width of 320 pixels, magnified, with reduced motion and with forced colours.',
      ],
    },
    {
      heading: 'How accessible the service is',
      parts: [
        isWhole
          ? 'The service meets the requirements of WCAG 2.2, levels A and AA.'
          : 'The service meets the requirements of WCAG 2.2, levels A and AA, in part. The gaps that we know of are listed below.',
      ],
    },
    {
      heading: 'Known gaps',
      parts: [gapsOr('en', 'No gaps are known.')],
    },
    {
      heading: 'If you cannot use something',
      parts: [
        'Ask, and you get the same information in another form. Lists can be downloaded as CSV and Excel files too, and every picture has a table that says the same.',
      ],
    },
  ],
}
