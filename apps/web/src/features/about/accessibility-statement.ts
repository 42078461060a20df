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

/** The gaps are those that are known: a gap that is mended is taken out, one that is found is put in. */
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
      parts: ['Palvelu täyttää WCAG 2.2:n A- ja AA-tason vaatimukset osittain. Tiedossa olevat puutteet on lueteltu alla.'],
    },
    {
      heading: 'Tiedossa olevat puutteet',
      parts: [
        [
          'Henkilöstön työtilaa ei ole vielä arvioitu ruudunlukijan käyttäjien kanssa (NVDA, VoiceOver). Arviointi tehdään ennen käyttöönottoa.',
          'Palvelu on suomeksi, ruotsiksi ja englanniksi. Arabiankielinen näkymä on koekäytössä, ja osa sen teksteistä on englanniksi (3.1.2).',
          'Muistiinpanot näkyvät sillä kielellä, jolla ne on kirjoitettu, eikä niiden kieltä ole merkitty ohjelmallisesti (3.1.2).',
          'Leveä taulukko vierii sivusuunnassa omassa kehyksessään, kun siihen valitaan monta saraketta. Sarakkeita voi vähentää, ja puhelimessa rivit näkyvät kortteina (1.4.10).',
          'Rajapinnan tekninen ohje osoitteessa /docs on englanniksi, ja sen esitystapa on ulkopuolisen ohjelman.',
        ],
      ],
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
      parts: ['Tjänsten uppfyller delvis kraven i WCAG 2.2 på nivåerna A och AA. De brister som är kända räknas upp nedan.'],
    },
    {
      heading: 'Kända brister',
      parts: [
        [
          'Personalens arbetsyta har ännu inte bedömts tillsammans med användare av skärmläsare (NVDA, VoiceOver). Det görs innan tjänsten tas i bruk.',
          'Tjänsten finns på finska, svenska och engelska. Den arabiska vyn är på försök, och en del av dess texter är på engelska (3.1.2).',
          'Anteckningar visas på det språk som de är skrivna på, och språket är inte utmärkt i koden (3.1.2).',
          'En bred tabell rullas i sidled i sin egen ram när man väljer många kolumner. Kolumner kan väljas bort, och i telefonen visas raderna som kort (1.4.10).',
          'Den tekniska anvisningen för gränssnittet på /docs är på engelska, och dess utseende kommer från ett utomstående program.',
        ],
      ],
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
      parts: ['The service meets the requirements of WCAG 2.2, levels A and AA, in part. The gaps that we know of are listed below.'],
    },
    {
      heading: 'Known gaps',
      parts: [
        [
          'The staff’s workspace has not yet been assessed with people who use screen readers (NVDA, VoiceOver). That is done before it is taken into use.',
          'The service is in Finnish, Swedish and English. The Arabic view is on trial, and some of its texts are in English (3.1.2).',
          'Notes are shown in the language in which they were written, and that language is not marked in the code (3.1.2).',
          'A wide table scrolls sideways in its own frame when many columns are chosen. Columns can be taken away, and on a phone the rows are cards (1.4.10).',
          'The technical reference of the interface at /docs is in English, and its looks are those of a program of others.',
        ],
      ],
    },
    {
      heading: 'If you cannot use something',
      parts: [
        'Ask, and you get the same information in another form. Lists can be downloaded as CSV and Excel files too, and every picture has a table that says the same.',
      ],
    },
  ],
}
