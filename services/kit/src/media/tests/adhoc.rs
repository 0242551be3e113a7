use super::sample::{clean, encode, fields};
use image::ImageFormat;
fn hwm() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap()
}
fn run(name: &str, file: Vec<u8>) {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = hwm();
    let started = std::time::Instant::now();
    let r = clean(file, None).map(|p| (p.width, p.height));
    println!(
        "{name}: {r:?} {} MiB over {} in {:?}",
        (hwm() - before) / 1024,
        before / 1024,
        started.elapsed()
    );
}
fn jpeg(w: u16, h: u16, prog: bool) -> Vec<u8> {
    let p = fields(w.into(), h.into()).into_rgb8();
    let mut f = Vec::new();
    let mut e = jpeg_encoder::Encoder::new(&mut f, 80);
    e.set_progressive(prog);
    e.encode(&p, w, h, jpeg_encoder::ColorType::Rgb).unwrap();
    f
}
#[test]
fn adhoc_a() {
    run("jpeg 8000x6000", jpeg(8000, 6000, false));
}
#[test]
fn adhoc_b() {
    run("progressive 29MP", jpeg(6200, 4600, true));
}
#[test]
fn adhoc_c() {
    run("png rgba 49MP", encode(&fields(7000, 7000).into_rgba8().into(), ImageFormat::Png));
}
#[test]
fn adhoc_d() {
    run("webp lossless rgb 36MP", encode(&fields(6000, 6000), ImageFormat::WebP));
}
#[test]
fn adhoc_e() {
    run("bigger", {
        let mut f = encode(&fields(16, 16), ImageFormat::Png);
        f.truncate(33);
        f
    });
}
#[test]
fn adhoc_f() {
    run(
        "png rgba16 33MP",
        encode(&image::DynamicImage::ImageRgba16(fields(5700, 5700).to_rgba16()), ImageFormat::Png),
    );
}
#[test]
fn adhoc_full_disk() {
    let rt = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    rt.block_on(async {
        let media = crate::media::Media::open(&"file:///tmp/tinydisk/photos".parse().unwrap()).unwrap();
        let photo = clean(super::sample::read("gladbeck_gps_orient6.jpg"), None).unwrap();
        let mut big = photo.clone();
        big.full = vec![7; 12 << 20].into();
        media.put(uuid::Uuid::from_u128(1), &big).await.unwrap();
        println!("second: {:?}", media.put(uuid::Uuid::from_u128(2), &big).await);
        println!(
            "get 2: {:?}",
            media.get(uuid::Uuid::from_u128(2), crate::media::Size::Full).await.unwrap().map(|b| b.len())
        );
        media.delete(uuid::Uuid::from_u128(1)).await.unwrap();
        println!("again: {:?}", media.put(uuid::Uuid::from_u128(2), &big).await);
    });
}
