//! Makes sure that the folder of the web app exists, so that the Rust part builds without Node, and that a new web app
//! is embedded anew.

fn main() {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/dist");
    if let Err(err) = std::fs::create_dir_all(&dist) {
        println!("cargo::warning=web/dist cannot be made: {err}");
    }
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed={}", dist.join("assets").display());
    println!("cargo::rerun-if-changed={}", dist.join("index.html").display());
}
