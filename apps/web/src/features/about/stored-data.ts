import type { Text } from './section.ts'

/** For those who use the service with an account. What is kept of tenants is told to them by the municipality (GDPR 13 and 14). */
export const storedData: Text = {
  fi: [
    {
      heading: 'Tilistäsi',
      parts: [
        [
          'nimi, sähköpostiosoite, kieli ja roolit, ja vuokranantajan käyttäjältä organisaatio',
          'salasana vain tiivisteenä, josta sitä ei voi lukea (argon2id)',
          'istuntojen alku- ja päättymisajat; päättynyt istunto poistuu viikon kuluttua',
          'epäonnistuneet kirjautumiset laskurina, joka poistuu viikon kuluttua',
        ],
      ],
    },
    {
      heading: 'Siitä, mitä teet',
      parts: [
        'Jokaisesta muutoksesta jää lokiin kuka, milloin, mitä ja mistä osoitteesta. Myös turvakiellon alaisten ja muiden suojattujen tietojen katselu kirjataan. Loki on laissa säädetty (906/2019 17 §), eikä sitä voi muuttaa. Tarkastaja ja pääkäyttäjä näkevät sen.',
        [
          'luetteloiden sarakkeet ja tallentamasi näkymät, vain sinulle',
          'keskeneräiset lomakkeet salattuina enintään 30 päivää, vain sinulle',
          'hakusanaa ei tallenneta mihinkään',
        ],
      ],
    },
    {
      heading: 'Selaimessasi',
      parts: [
        [
          'yksi kirjautumiseväste, jota sivun ohjelmat eivät voi lukea; se poistuu, kun kirjaudut ulos',
          'hetken ajan eväste, joka kertoo, että kirjautumista uusitaan',
          'muistiin jäävät valitsemasi kieli, teema ja kapea valikko sekä tieto, että joku on kirjautunut',
        ],
        'Ei seurantaa, ei mainoksia eikä yhtään pyyntöä muihin palveluihin. Henkilötietoja ei jää selaimeen.',
      ],
    },
    {
      heading: 'Oikeutesi',
      parts: [
        'Rekisterinpitäjä on kunta, jonka tilillä olet. Voit pyytää siltä omat tietosi, korjata ne ja kysyä, kuka on katsonut niitä. Tietosuojavaltuutettu ottaa vastaan kantelut: tietosuoja.fi.',
      ],
    },
  ],
  sv: [
    {
      heading: 'Om ditt konto',
      parts: [
        [
          'namn, e-postadress, språk och roller, och för hyresvärdens användare organisationen',
          'lösenordet endast som en kontrollsumma som det inte går att läsa det ur (argon2id)',
          'när sessioner börjar och slutar; en avslutad session tas bort efter en vecka',
          'misslyckade inloggningar som en räknare, som tas bort efter en vecka',
        ],
      ],
    },
    {
      heading: 'Om vad du gör',
      parts: [
        'Av varje ändring sparas i loggen vem, när, vad och från vilken adress. Även när någon läser uppgifter under spärrmarkering eller andra skyddade uppgifter antecknas det. Loggen är lagstadgad (906/2019 17 §) och kan inte ändras. Granskaren och administratören ser den.',
        [
          'listornas kolumner och de vyer som du har sparat, bara för dig',
          'formulär som du inte har skickat, krypterade i högst 30 dagar, bara för dig',
          'sökordet sparas ingenstans',
        ],
      ],
    },
    {
      heading: 'I din webbläsare',
      parts: [
        [
          'en kaka för inloggningen som sidans program inte kan läsa; den tas bort när du loggar ut',
          'en kort stund en kaka som säger att inloggningen förnyas',
          'språket, temat och den smala menyn som du har valt, och att någon är inloggad',
        ],
        'Ingen spårning, ingen reklam och inte en enda förfrågan till andra tjänster. Inga personuppgifter blir kvar i webbläsaren.',
      ],
    },
    {
      heading: 'Dina rättigheter',
      parts: [
        'Personuppgiftsansvarig är den kommun som du har ditt konto hos. Du kan be kommunen om dina egna uppgifter, få dem rättade och fråga vem som har läst dem. Klagomål tas emot av dataombudsmannen: tietosuoja.fi.',
      ],
    },
  ],
  en: [
    {
      heading: 'About your account',
      parts: [
        [
          'name, e-mail address, language and roles, and for a landlord’s user the organisation',
          'the password only as a hash from which it cannot be read (argon2id)',
          'when sessions begin and end; a session that is over is removed after a week',
          'failed sign-ins as a count that is removed after a week',
        ],
      ],
    },
    {
      heading: 'About what you do',
      parts: [
        'Of every change the log keeps who, when, what and from which address. Reading data under a non-disclosure order or other protected data is logged too. The log is required by law (906/2019 section 17) and cannot be changed. The auditor and the administrator see it.',
        [
          'the columns of lists and the views that you save, for you alone',
          'forms that you have not sent, encrypted, for 30 days at the most, for you alone',
          'the search text is kept nowhere',
        ],
      ],
    },
    {
      heading: 'In your browser',
      parts: [
        [
          'one cookie for the session that the page’s programs cannot read; it goes when you sign out',
          'for a moment a cookie that says that the session is being renewed',
          'the language, theme and narrow menu that you chose, and that somebody is signed in',
        ],
        'No tracking, no advertising and not one request to any other service. No personal data stays in the browser.',
      ],
    },
    {
      heading: 'Your rights',
      parts: [
        'The controller is the municipality that your account belongs to. You can ask it for your own data, have them corrected and ask who has looked at them. The Data Protection Ombudsman takes complaints: tietosuoja.fi.',
      ],
    },
  ],
}
