//! The same corpus and the same questions on both databases: equal answers, and none that a plain reading of the texts
//! would not give.

use super::*;

const TEXTS: &[&str] = &[
    "The quick brown fox jumps over the lazy dog",
    "quick, quick! A foxy fox; the FOX's den",
    "Straße und Strasse, Übergröße, naïve Äpfel",
    "東京都に行きました。京都はどうですか",
    "今天天气很好，我们去公园吧",
    "我爱Rust语言和数据库",
    "天气 预报 天 气",
    "数据库事务与全文检索：中文分词",
    "한국어 검색도 됩니다",
    "नमस्ते दुनिया",
    "C++ and C# and .NET 4.8, v1.2.3-beta",
    "see https://example.org/path?q=fox#frag and [the map](https://maps.example/harbour)",
    "`let fox = 1;`\n\n```rust\nfn quick_brown() {}\n```",
    "un**believ**able *emphasis* ~~gone~~",
    "a a a a a b",
    "b a",
    "e\u{301}te\u{301} été ete",
    "- [ ] buy milk\n- [x] feed fox",
    "|fox|dog|\n|-|-|\n|1|2|",
    "ﬁne ligature ＦＵＬＬ width ①",
    "I am, that I am",
    "🎉🎉 party 🎉",
];

const QUERIES: &[&str] = &[
    "fox",
    "fox ",
    "quick fox ",
    "\"quick brown\"",
    "\"brown quick\"",
    "\"quick brown f\"",
    "qui* ",
    "fo",
    "f",
    "lazy dog -quick",
    "-fox the ",
    "strasse ",
    "straße ",
    "ubergrosse ",
    "apfel ",
    "naive ",
    "東京",
    "京都",
    "東京都",
    "天气",
    "气",
    "天",
    "都",
    "数据库",
    "全文检索 ",
    "我爱rust ",
    "rust语言 ",
    "中文 分词 ",
    "한국어",
    "검색",
    "नमस्ते",
    "c ",
    "4.8 ",
    "v1.2.3",
    "1.2.3-beta ",
    "example.org ",
    "maps harbour ",
    "has:link",
    "has:code fox",
    "has:task",
    "has:table fox",
    "-has:link fox",
    "unbelievable ",
    "quick_brown ",
    "\"a a a\"",
    "\"a b\"",
    "a b ",
    "ete ",
    "été",
    "fine ",
    "full width ",
    "1 ",
    "party ",
    "\"i am i am\"",
    "\"am that i\"",
    "from:ada fox",
    "from:bob fox",
    "in:general fox",
    "in:lab fox",
    "fox is:mine",
    "before:2026-11-24 fox",
    "-is:topic fox",
    "is:topic",
    "the",
    "th",
    "an",
    "e",
];

/// Every answer to every question, in both orders, as texts.
async fn answers(store: Store) -> Option<Vec<(String, Vec<String>)>> {
    let house = House::begin(store).await?;
    let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
    let lab = house.channel(&ada, "lab", "public").await;
    bob.post(&format!("/api/channels/{lab}/join"), json!({}))
        .await
        .expect(200);
    for (idx, text) in TEXTS.iter().enumerate() {
        let who = if idx % 3 == 0 { &bob } else { &ada };
        let channel = if idx % 2 == 0 { &lab } else { &house.general };
        say(&house, who, channel, text).await;
    }
    begin_topic(&house, &ada, &lab, "The fox of 東京", "about the fox").await;
    let mut all = Vec::new();
    for query in QUERIES {
        for sort in ["newest", "best"] {
            let path = format!("/api/search?q={}&sort={sort}&limit=50", encoded(query));
            let page = ada.get(&path).await.expect(200);
            all.push((format!("{query} by {sort}"), excerpts(&page)));
        }
    }
    Some(all)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_give_equal_answers() {
    let here = answers(Store::Sqlite).await.expect("SQLite is always there");
    let n_empty = here.iter().filter(|(_, found)| found.is_empty()).count();
    assert!(
        n_empty < here.len() / 4,
        "{n_empty} of {} questions find nothing",
        here.len()
    );
    let Some(there) = answers(Store::Postgres).await else {
        return;
    };
    for ((query, here), (_, there)) in here.iter().zip(&there) {
        assert_eq!(here, there, "{query}");
    }
}

/// Texts as they are written in Chinese and Japanese, with words that wrap, latin inside, and marks around.
fn chinese() -> Vec<String> {
    let letters: Vec<char> = "天地人大小中上下东南西北京都市学生数据库检索".chars().collect();
    let mut state = 7_usize;
    let mut next = move |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    (0..60)
        .map(|_| {
            (0..4 + next(30))
                .map(|_| match next(9) {
                    0 => "，".to_owned(),
                    1 => " ok ".to_owned(),
                    _ => letters[next(letters.len())].to_string(),
                })
                .collect()
        })
        .collect()
}

both_stores! {
    async fn two_chinese_characters_find_as_many_as_like_and_so_does_one(house: House) {
        let ada = house.member("Ada").await;
        let texts = chinese();
        for text in &texts {
            say(&house, &ada, &house.general, text).await;
        }
        let letters: Vec<char> = "天地人大小中".chars().collect();
        let mut words: Vec<String> = letters.iter().map(char::to_string).collect();
        words.extend(letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}"))));
        let mut n_found = 0;
        for word in words {
            let page = ada.get(&format!("/api/search?q={}&limit=50", encoded(&word))).await.expect(200);
            let n_hits = page["hits"].as_array().map_or(0, Vec::len);
            let n_like = texts.iter().filter(|text| text.contains(&word)).count();
            assert_eq!(n_hits, n_like.min(50), "{word}");
            n_found += n_hits;
        }
        assert!(n_found > 200, "{n_found}");
    }
}
