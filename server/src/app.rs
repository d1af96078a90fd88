//! The list of features, and nothing else.

use platform::{
    app::{Doors, Parts},
    config::Config,
    feature::Feature,
    http::problem::{GENERAL, ProblemType},
};

/// In order: each may build on those before it.
pub fn features() -> Vec<Feature> {
    vec![
        accounts::feature(),
        spaces::feature(),
        files::feature(),
        emoji::feature(),
        groups::feature(),
        words::feature(),
        hours::feature(),
        messages::feature(),
        polls::feature(),
        questions::feature(),
        thanks::feature(),
        calendar::feature(),
        charters::feature(),
        knock::feature(),
        asks::feature(),
        live::feature(),
        office::feature(),
        later::feature(),
        urgent::feature(),
        signin::feature(),
        links::feature(),
        moderation::feature(),
        bots::feature(),
        imports::feature(),
        exports::feature(),
        search::feature(),
        inbox::feature(),
        advice::feature(),
        notify::feature(),
        numbers::feature(),
        ::admin::feature(),
    ]
}

/// Who answers the questions about access.
pub fn doors() -> Doors {
    Doors {
        authenticate: accounts::authenticate,
        admit: accounts::admit,
        gate: spaces::gate(),
    }
}

/// Everything a server is made of.
pub fn parts(config: &Config) -> Parts {
    Parts {
        features: features(),
        doors: doors(),
        kept: [
            accounts::kept(config),
            groups::kept(),
            signin::kept(),
            live::kept(),
        ]
        .concat(),
    }
}

/// Every type of problem that the API answers with.
pub fn problems() -> Vec<&'static ProblemType> {
    [
        GENERAL,
        accounts::PROBLEMS,
        spaces::PROBLEMS,
        files::PROBLEMS,
        emoji::PROBLEMS,
        words::PROBLEMS,
        calendar::PROBLEMS,
        charters::PROBLEMS,
        asks::PROBLEMS,
        later::PROBLEMS,
        urgent::PROBLEMS,
        hours::PROBLEMS,
        messages::PROBLEMS,
        polls::PROBLEMS,
        questions::PROBLEMS,
        live::PROBLEMS,
        office::PROBLEMS,
        knock::PROBLEMS,
        signin::PROBLEMS,
        moderation::PROBLEMS,
        bots::PROBLEMS,
    ]
    .concat()
}
