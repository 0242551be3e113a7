//! Drawn pictures in the place of photos: no real street, plate or person is on them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use kit::App;
use kit::media::CleanPhoto;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;
use rust_embed::Embed;

/// The drawings.
#[derive(Embed)]
#[folder = "../../deploy/demonstration/photos"]
struct Drawings;

/// Pixels across; the drawings are four to three.
const WIDTH: u32 = 960;
/// Pixels down.
const HEIGHT: u32 = 720;

/// A drawing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    drawing: String,
}

/// Drawings as clean photos; each is drawn once.
#[derive(Default)]
pub struct Pictures {
    drawn: BTreeMap<Shown, CleanPhoto>,
}

impl Pictures {
    /// The drawing of a scene as it was found, if there is one.
    pub fn before(scene: &str) -> Option<Shown> {
        let drawing = format!("{scene}.svg");
        Drawings::get(&drawing).map(|_| Shown { drawing })
    }

    /// The drawing of a scene after the work, if there is one.
    pub fn after(scene: &Shown) -> Option<Shown> {
        let drawing = scene.drawing.replace(".svg", "-after.svg");
        Drawings::get(&drawing).map(|_| Shown { drawing })
    }

    /// The photo of a drawing, made as an upload is made a photo.
    pub async fn photo(&mut self, app: &App, shown: &Shown) -> Result<CleanPhoto> {
        if let Some(photo) = self.drawn.get(shown) {
            return Ok(photo.clone());
        }
        let wanted = shown.clone();
        let png = tokio::task::spawn_blocking(move || draw(&wanted)).await??;
        let photo = app.media.clean(png, Some("image/png")).await.context("a drawing")?;
        self.drawn.insert(shown.clone(), photo.clone());
        Ok(photo)
    }
}

/// Every drawing, for whoever wants to look at them.
#[cfg(test)]
pub fn names() -> Vec<String> {
    Drawings::iter().map(|name| name.into_owned()).collect()
}

/// Draws what is in a file.
#[cfg(test)]
pub fn draw_named(drawing: &str) -> Result<Bytes> {
    draw(&Shown { drawing: drawing.to_owned() })
}

/// Draws a scene as a PNG: what is drawn costs less to pack without loss, and is made a JPEG like every upload.
fn draw(shown: &Shown) -> Result<Bytes> {
    let drawing = Drawings::get(&shown.drawing).with_context(|| format!("no drawing {}", shown.drawing))?;
    let tree = usvg::Tree::from_data(&drawing.data, &usvg::Options::default())
        .with_context(|| shown.drawing.clone())?;
    let mut canvas = Pixmap::new(WIDTH, HEIGHT).context("a canvas")?;
    let scale = WIDTH as f32 / tree.size().width();
    ensure!(
        (tree.size().height() * scale).round() as u32 == HEIGHT,
        "{} is not four to three",
        shown.drawing
    );
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    Ok(canvas.encode_png()?.into())
}
