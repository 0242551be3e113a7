//! Promises of the development mailbox, tried over a real connection with a real client.

use axum::{body::Body, http::Request, response::Response};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{MultiPart, SinglePart},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::{Mail, Mailbox, router};

/// A mailbox that listens, with a folder that vanishes.
struct Post {
    folder: tempfile::TempDir,
    mailbox: Mailbox,
    port: u16,
    shutdown: CancellationToken,
    serving: JoinHandle<()>,
}

impl Post {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::open(folder.path()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shutdown = CancellationToken::new();
        let (serving_mailbox, token) = (mailbox.clone(), shutdown.clone());
        let serving = tokio::spawn(async move { serving_mailbox.serve(listener, token).await });
        Self { folder, mailbox, port, shutdown, serving }
    }

    async fn send(&self, message: Message) {
        let client = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(self.port);
        client.build().send(message).await.unwrap();
    }

    async fn say(&self, lines: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(lines.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).await.unwrap();
        answers
    }

    async fn get(&self, path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router(self.mailbox.clone()).oneshot(request).await.unwrap()
    }

    fn only(&self) -> Mail {
        let mut mails = self.mailbox.mails().unwrap();
        assert_eq!(mails.len(), 1);
        mails.remove(0)
    }
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn letter(subject: &str, text: &str) -> Message {
    let builder = Message::builder()
        .message_id(Some("<brief@stadt.example>".to_owned()))
        .from("Stadt Übungsstadt <meldung@stadt.example>".parse().unwrap())
        .to("Erika Übung <erika@post.example>".parse().unwrap())
        .subject(subject);
    let html = format!("<p style=\"color:green\">{text}</p><script>alert(1)</script>");
    let parts = MultiPart::alternative()
        .singlepart(SinglePart::plain(text.to_owned()))
        .singlepart(SinglePart::html(html));
    builder.multipart(parts).unwrap()
}

#[tokio::test]
async fn a_mail_arrives_as_its_reader_would_see_it() {
    let post = Post::new().await;

    post.send(letter(
        "Ihre Meldung GLA-7K3M-Q2: Straßenlaterne",
        "Grüße aus dem Rathaus\r\n.\r\n..ganz am Ende",
    ))
    .await;

    let mail = post.only();
    assert_eq!(mail.message_id.as_deref(), Some("brief@stadt.example"));
    assert_eq!(mail.from, "meldung@stadt.example");
    assert_eq!(mail.to, ["erika@post.example"]);
    assert_eq!(mail.subject, "Ihre Meldung GLA-7K3M-Q2: Straßenlaterne");
    let text = mail.text.unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), "Grüße aus dem Rathaus\n.\n..ganz am Ende", "dots survive their stuffing");
    assert!(mail.html.unwrap().starts_with("<p style"));
    assert!(mail.headers.contains(&("Delivered-To".to_owned(), "erika@post.example".to_owned())));
}

#[tokio::test]
async fn a_mail_that_was_acknowledged_is_there_after_a_restart() {
    let post = Post::new().await;
    post.send(letter("eins", "1")).await;
    // A mail whose sender heard nothing yet.
    std::fs::write(post.folder.path().join("00000002.part"), "Subject: halb").unwrap();

    let reopened = Mailbox::open(post.folder.path()).unwrap();
    let number = reopened.store(b"Subject: zwei\r\n\r\n").unwrap();

    assert_eq!(number, 2);
    let subjects: Vec<String> = reopened.mails().unwrap().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["zwei", "eins"], "newest first");
}

#[tokio::test]
async fn several_mails_go_through_one_connection() {
    let post = Post::new().await;
    let mail = "MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: x\r\n\r\nhallo\r\n.\r\n";

    let answers = post.say(&format!("EHLO here\r\n{mail}NOOP\r\nRSET\r\n{mail}QUIT\r\n")).await;

    assert!(answers.contains("250 2.0.0 Stored as 1\r\n") && answers.contains("250 2.0.0 Stored as 2\r\n"));
    assert!(answers.ends_with("221 2.0.0 Bye\r\n"), "{answers}");
    let mails = post.mailbox.mails().unwrap();
    assert_eq!(mails[0].text.as_deref().map(str::trim_end), Some("hallo"), "a mail without MIME is text");
}

#[tokio::test]
async fn commands_out_of_order_or_malformed_are_refused() {
    let post = Post::new().await;

    let answers = post
        .say("HELO here\r\nDATA\r\nRCPT TO:<c@d.example>\r\nMAIL a@b.example\r\nMAIL FROM:<>\r\nVRFY x\r\nQUIT\r\n")
        .await;

    let codes: Vec<&str> = answers.lines().map(|line| &line[..3]).collect();
    assert_eq!(codes, ["220", "250", "503", "503", "501", "250", "500", "221"], "{answers}");
    assert!(post.mailbox.mails().unwrap().is_empty());
}

#[tokio::test]
async fn a_mail_that_breaks_off_is_not_stored() {
    let post = Post::new().await;

    post.say("HELO here\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nSubject: x\r\n").await;

    assert!(post.mailbox.mails().unwrap().is_empty());
}

#[tokio::test]
async fn a_mail_over_the_limit_is_refused_and_the_next_one_taken() {
    let post = Post::new().await;
    let line = "x".repeat(1 << 20) + "\r\n";
    let start = "MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n";

    let answers =
        post.say(&format!("HELO here\r\n{start}{}.\r\n{start}klein\r\n.\r\n", line.repeat(26))).await;

    assert!(answers.contains("552 5.3.4"), "{answers}");
    assert!(answers.contains("Stored as 1"), "{answers}");
}

#[tokio::test]
async fn shutdown_ends_waiting_senders_politely() {
    let Post { port, shutdown, serving, folder: _folder, .. } = Post::new().await;
    let mut idle = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let mut greeting = [0; 3];
    idle.read_exact(&mut greeting).await.unwrap();

    shutdown.cancel();
    serving.await.unwrap();

    let mut rest = String::new();
    idle.read_to_string(&mut rest).await.unwrap();
    assert!(rest.contains("\r\n421 "), "{rest}");
}

#[tokio::test]
async fn the_pages_show_mails_without_trusting_them() {
    let post = Post::new().await;
    post.send(letter("<b>fett</b>", "Siehe https://stadt.example/m/GLA-7K3M-Q2\r\n<i>Gruß</i>")).await;

    let list = text(post.get("/dev/mail").await).await;
    let one = text(post.get("/dev/mail/1").await).await;
    let body = post.get("/dev/mail/1/html").await;

    assert!(list.contains("href=\"/dev/mail/1\"") && list.contains("&lt;b&gt;fett"));
    assert!(one.contains("<a href=\"https://stadt.example/m/GLA-7K3M-Q2\">") && one.contains("&lt;i&gt;"));
    assert!(one.contains("<iframe sandbox") && !one.contains("style=") && !one.contains("<script"));
    let policy = body.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"));
    assert_eq!(post.get("/dev/mail/2").await.status(), 404);
}

#[tokio::test]
async fn the_mails_can_be_read_as_json() {
    let post = Post::new().await;
    post.send(letter("eins", "1")).await;

    let answer: serde_json::Value =
        serde_json::from_str(&text(post.get("/dev/mail.json").await).await).unwrap();

    assert_eq!(answer[0]["subject"], "eins");
    assert_eq!(answer[0]["to"][0], "erika@post.example");
    assert_eq!(answer[0]["message_id"], "brief@stadt.example");
}

#[tokio::test]
async fn a_mail_that_comes_again_under_its_id_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let mail = b"Message-ID: <1@stadt.example>\r\nTo: kim@example.org\r\nSubject: eins\r\n\r\n";
    Mailbox::open(folder.path()).unwrap().store(mail).unwrap();
    let reopened = Mailbox::open(folder.path()).unwrap();
    reopened.store(mail).unwrap();
    reopened
        .store(b"Message-ID: <1@stadt.example>\r\nTo: toni@example.org\r\nSubject: eins\r\n\r\n")
        .unwrap();
    assert_eq!((reopened.mails().unwrap().len(), reopened.repeats().unwrap()), (2, 1));
}
