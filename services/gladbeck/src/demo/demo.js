// Signs the desk in, shows who sits there, and lets the mailbox look for mail. Without it the page works too.
const MAIL = '/dev/mail'
const desk = document.querySelector('iframe[name=desk]')
const mail = document.querySelector('iframe[name=mail]')
const forms = [...document.querySelectorAll('.clerks form')]

async function whoSitsThere() {
  const session = await fetch('/session').then((answer) => answer.json())
  for (const form of forms) {
    const sits = session.signed_in && session.staff?.name === form.dataset.name
    form.querySelector('button').setAttribute('aria-pressed', String(sits))
  }
  return session.signed_in
}

desk.addEventListener('load', () => void whoSitsThere())
if (!(await whoSitsThere())) forms[0]?.requestSubmit()

// A link in a mail opens where a resident would open it: on the phone.
mail.addEventListener('load', () => {
  for (const link of mail.contentDocument?.querySelectorAll('a[href*="/m/"]') ?? []) link.target = 'phone'
})

setInterval(() => {
  const looks = mail.contentWindow?.location.pathname === MAIL && !document.hidden
  if (looks && mail !== document.activeElement) mail.contentWindow.location.reload()
}, 4_000)
