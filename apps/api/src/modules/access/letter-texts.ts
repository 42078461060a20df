import type { Locale } from '@kotoisa/domain'
import type { LetterKind } from './table.ts'

/** What the words of a letter are filled with. */
interface Facts {
  readonly name: string
  readonly municipality: string
  readonly email: string
  readonly link: string
  /** Where one signs in. */
  readonly address: string
}

type Words = (facts: Facts) => { readonly subject: string; readonly text: readonly string[] }

const fi: Record<LetterKind, Words> = {
  invitation: ({ name, municipality, email, link }) => ({
    subject: `Kutsu Kotoisaan: ${municipality}`,
    text: [
      `Hei ${name},`,
      `sinulle on avattu tunnus Kotoisaan, jossa ${municipality} ja vuokranantajat hoitavat jälleenvuokrattuja koteja.`,
      `Valitse salasana tästä linkistä. Linkki toimii kerran ja on voimassa seitsemän päivää:`,
      link,
      `Kirjaudut sen jälkeen sähköpostiosoitteellasi ${email}.`,
      `Jos et odottanut kutsua, voit jättää viestin huomiotta.`,
    ],
  }),
  passwordReset: ({ name, link }) => ({
    subject: 'Uusi salasana Kotoisaan',
    text: [
      `Hei ${name},`,
      `joku, todennäköisesti sinä, pyysi uutta salasanaa tunnuksellesi.`,
      `Valitse uusi salasana tästä linkistä. Linkki toimii kerran ja on voimassa tunnin:`,
      link,
      `Jos et pyytänyt tätä, sinun ei tarvitse tehdä mitään: nykyinen salasanasi on yhä voimassa.`,
    ],
  }),
  passwordChanged: ({ name, address }) => ({
    subject: 'Kotoisa-salasanasi vaihdettiin',
    text: [
      `Hei ${name},`,
      `tunnuksesi salasana vaihdettiin juuri, ja muut istuntosi päätettiin.`,
      `Jos et vaihtanut sitä itse, ota heti yhteyttä kunnan pääkäyttäjään ja pyydä uusi salasana kirjautumissivulla:`,
      address,
    ],
  }),
  newDevice: ({ name, address }) => ({
    subject: 'Tunnuksellasi kirjauduttiin uudella laitteella',
    text: [
      `Hei ${name},`,
      `Kotoisaan kirjauduttiin tunnuksellasi laitteella tai selaimella, jota et ole viime aikoina käyttänyt.`,
      `Jos se et ollut sinä, vaihda salasana heti. Näet voimassa olevat istuntosi omalta tililtäsi ja voit päättää ne:`,
      address,
    ],
  }),
  invitedElsewhere: ({ name }) => ({
    subject: 'Kotoisa-osoitteeseesi yritettiin lähettää kutsu',
    text: [
      `Hei ${name},`,
      `Kotoisaa käyttävä organisaatio yritti kutsua sähköpostiosoitteesi omiin tunnuksiinsa. Osoitteella on jo tunnus, joten kutsua ei tehty eikä mikään muuttunut. Kutsujalle ei kerrottu, että sinulla on tunnus.`,
      `Jos odotit kutsua, pyydä kunnan pääkäyttäjää järjestämään pääsysi. Muuten sinun ei tarvitse tehdä mitään.`,
    ],
  }),
}

const sv: Record<LetterKind, Words> = {
  invitation: ({ name, municipality, email, link }) => ({
    subject: `Inbjudan till Kotoisa: ${municipality}`,
    text: [
      `Hej ${name},`,
      `du har fått ett konto i Kotoisa, där ${municipality} och hyresvärdarna sköter bostäder som hyrs ut vidare.`,
      `Välj ett lösenord via länken. Länken fungerar en gång och gäller i sju dagar:`,
      link,
      `Därefter loggar du in med din e-postadress ${email}.`,
      `Om du inte väntade dig en inbjudan kan du lämna meddelandet utan avseende.`,
    ],
  }),
  passwordReset: ({ name, link }) => ({
    subject: 'Nytt lösenord till Kotoisa',
    text: [
      `Hej ${name},`,
      `någon, troligen du, bad om ett nytt lösenord till ditt konto.`,
      `Välj ett nytt lösenord via länken. Länken fungerar en gång och gäller i en timme:`,
      link,
      `Om du inte bad om detta behöver du inte göra något: ditt nuvarande lösenord gäller fortfarande.`,
    ],
  }),
  passwordChanged: ({ name, address }) => ({
    subject: 'Ditt lösenord till Kotoisa har bytts',
    text: [
      `Hej ${name},`,
      `lösenordet till ditt konto byttes nyss, och dina övriga sessioner avslutades.`,
      `Om det inte var du, kontakta genast kommunens administratör och be om ett nytt lösenord på inloggningssidan:`,
      address,
    ],
  }),
  newDevice: ({ name, address }) => ({
    subject: 'Inloggning på ditt konto från en ny enhet',
    text: [
      `Hej ${name},`,
      `någon loggade in i Kotoisa med ditt konto från en enhet eller webbläsare som du inte har använt på sistone.`,
      `Om det inte var du, byt genast lösenord. På ditt konto ser du var du är inloggad och kan avsluta sessionerna:`,
      address,
    ],
  }),
  invitedElsewhere: ({ name }) => ({
    subject: 'Någon försökte bjuda in din adress till Kotoisa',
    text: [
      `Hej ${name},`,
      `en organisation som använder Kotoisa försökte bjuda in din e-postadress till sina egna konton. Adressen har redan ett konto, så ingen inbjudan gjordes och ingenting ändrades. Organisationen fick inte veta att du har ett konto.`,
      `Om du väntade dig en inbjudan, be kommunens administratör ordna åtkomsten. Annars behöver du inte göra något.`,
    ],
  }),
}

const en: Record<LetterKind, Words> = {
  invitation: ({ name, municipality, email, link }) => ({
    subject: `Invitation to Kotoisa: ${municipality}`,
    text: [
      `Hello ${name},`,
      `you have an account in Kotoisa, where ${municipality} and landlords look after homes that are sublet.`,
      `Choose a password by this link. It works once, within seven days:`,
      link,
      `After that you sign in with your e-mail address ${email}.`,
      `If you did not expect an invitation, you may ignore this letter.`,
    ],
  }),
  passwordReset: ({ name, link }) => ({
    subject: 'A new password for Kotoisa',
    text: [
      `Hello ${name},`,
      `somebody, probably you, asked for a new password for your account.`,
      `Choose a new password by this link. It works once, within an hour:`,
      link,
      `If you did not ask for this, there is nothing to do: your password is still good.`,
    ],
  }),
  passwordChanged: ({ name, address }) => ({
    subject: 'Your password for Kotoisa was changed',
    text: [
      `Hello ${name},`,
      `the password of your account was changed just now, and your other sessions were ended.`,
      `If that was not you, tell the municipality’s administrator at once and ask for a new password on the sign-in page:`,
      address,
    ],
  }),
  newDevice: ({ name, address }) => ({
    subject: 'A sign-in to your account from a new device',
    text: [
      `Hello ${name},`,
      `somebody signed in to Kotoisa with your account on a device or browser that you have not used lately.`,
      `If that was not you, change your password at once. Your account page shows where you are signed in and ends those sessions:`,
      address,
    ],
  }),
  invitedElsewhere: ({ name }) => ({
    subject: 'Somebody tried to invite your address to Kotoisa',
    text: [
      `Hello ${name},`,
      `an organisation that uses Kotoisa tried to invite your e-mail address to its own accounts. The address has an account already, so no invitation was made and nothing has changed. The organisation was not told that you have an account.`,
      `If you expected an invitation, ask the municipality’s administrator for access. Otherwise there is nothing to do.`,
    ],
  }),
}

const words: Record<Locale, Record<LetterKind, Words>> = { fi, sv, en }

/** The letter in the person's language, its paragraphs apart, the link alone on its line. */
export function letterText(locale: Locale, kind: LetterKind, facts: Facts): { subject: string; text: string } {
  const { subject, text } = words[locale][kind](facts)
  return { subject, text: `${text.join('\n\n')}\n\n-- \nKotoisa, ${facts.municipality}\n` }
}
