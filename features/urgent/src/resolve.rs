//! Who would be called, in which step, and who is told in their own time. The rules are [`timing::urgent`]'s,
//! [`timing::delivery`]'s and [`timing::rota`]'s; here people, hours and consent are looked up for them.

use crate::{
    model::{self, Called, ChainTarget, Error, NEVER, PEOPLE_OF_STEP_MAX, Step, Wanted},
    rota,
    store::{consents, rotas},
    wire::UrgentVia,
};
use accounts::Person;
use base::{ChannelId, PersonId, SpaceId, Timestamp};
use platform::db::{self, Tx};
use spaces::ChannelAccess;
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};
use timing::{
    delivery::{Decision, Notice, Profile, decide},
    hours::Hours,
    urgent::{WAIT, next_start},
};

/// A chain that could begin now.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    pub steps: Vec<Step>,
    /// They may not read the channel.
    pub left_out: Vec<PersonId>,
    pub people: HashMap<PersonId, Person>,
}

impl Resolved {
    /// When each step would begin.
    pub fn starts(&self, now: Timestamp) -> Vec<Timestamp> {
        let levels = model::levels(&self.steps);
        (0..levels.len()).map(|n| next_start(&levels[..n], now)).collect()
    }
}

/// The chain in the order in which it calls: whom somebody names and who is on call, then what the space says. Each person is
/// in the first step that names them; whoever is away is stood in for by their deputy.
pub(crate) fn resolve(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Resolved, Error> {
    let mut resolved = Resolved::default();
    let mut seen = HashSet::from([access.person()]);
    for (targets, wait) in list_levels(tx, access, wanted, now)? {
        let called = list_called(tx, access, &targets, (&mut seen, &mut resolved), now)?;
        if called.is_empty() {
            continue;
        }
        let from = next_start(&model::levels(&resolved.steps), now);
        let step = Step {
            people: decide_on(tx, access, (called, &resolved.people), from)?,
            wait,
        };
        resolved.steps.push(step);
    }
    Ok(resolved)
}

type Target = (PersonId, UrgentVia);

fn list_levels(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Vec<(Vec<Target>, Duration)>, Error> {
    let on_call = match access.space() {
        Some(space) => rota::on_call(tx, space, now)?,
        None => None,
    };
    let on_call = on_call.map(|person| (person, UrgentVia::Rota));
    let mut first: Vec<Target> = wanted
        .people
        .iter()
        .map(|person| (*person, UrgentVia::Person))
        .collect();
    if wanted.on_call {
        first.extend(on_call);
    }
    let mut levels = vec![(first, WAIT)];
    let chain = match access.space().filter(|_| wanted.chain) {
        Some(space) => rotas::list_chain(tx, space)?,
        None => Vec::new(),
    };
    for step in chain {
        let targets = match step.target {
            ChainTarget::Rota => on_call.into_iter().collect(),
            ChainTarget::Person(person) => vec![(person, UrgentVia::Person)],
            ChainTarget::Group(group) => {
                let mut people = groups::called_by(tx, access, &[group])?;
                people.truncate(PEOPLE_OF_STEP_MAX);
                people
                    .into_iter()
                    .map(|person| (person, UrgentVia::Group))
                    .collect()
            }
        };
        levels.push((targets, step.wait));
    }
    Ok(levels)
}

/// Who of these can be called here, or whoever stands in for them.
fn list_called(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    targets: &[Target],
    (seen, resolved): (&mut HashSet<PersonId>, &mut Resolved),
    now: Timestamp,
) -> Result<Vec<Called>, Error> {
    let ids: Vec<PersonId> = targets.iter().map(|(person, _)| *person).collect();
    let people = accounts::people(tx, &ids)?;
    let deputies: HashMap<PersonId, PersonId> = hours::list_shown(tx, &people, now)?
        .into_iter()
        .filter_map(|shown| Some((shown.person_id, shown.away?.deputy_id?)))
        .collect();
    let everybody: Vec<PersonId> = ids.iter().chain(deputies.values()).copied().collect();
    let readers = list_callable(tx, access, &everybody)?;
    let mut called = Vec::new();
    for &(person, via) in targets {
        let deputy = deputies
            .get(&person)
            .filter(|deputy| readers.contains_key(deputy) && **deputy != access.person());
        let who = deputy.copied().unwrap_or(person);
        if !seen.insert(who) {
            continue;
        }
        let Some(known) = readers.get(&who) else {
            resolved.left_out.push(who);
            continue;
        };
        resolved.people.insert(who, known.clone());
        called.push(Called {
            person: who,
            instead_of: deputy.map(|_| person),
            via,
            not_before: None,
            told_at: None,
            wakes: false,
        });
    }
    Ok(called)
}

/// Those of these people who may read the channel and have a door of their own to be called at.
fn list_callable(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Person>, Error> {
    let readers = spaces::readers_among(tx, access, people)?;
    let readers = accounts::people(tx, &readers)?.into_iter();
    let readers = readers.filter(|person| !person.bot && !person.deactivated && !person.link_guest);
    Ok(readers.map(|person| (person.id, person)).collect())
}

fn decide_on(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (mut called, people): (Vec<Called>, &HashMap<PersonId, Person>),
    from: Timestamp,
) -> Result<Vec<Called>, Error> {
    let known: Vec<Person> = called
        .iter()
        .filter_map(|called| people.get(&called.person).cloned())
        .collect();
    let consents = Consents::of(tx, (access.id(), access.space()), &called)?;
    let hours = hours::list_hours(tx, &known)?;
    for called in &mut called {
        let Some((hours, own)) = hours.get(&called.person) else {
            continue;
        };
        let has_consented = own.urgent_rings || consents.includes(called);
        called.not_before = not_before(hours, (access.person(), has_consented), from);
        called.wakes = has_consented && not_before(hours, (access.person(), false), from).is_some();
    }
    Ok(called)
}

/// None: they may be called at this moment. Else when they are told.
pub(crate) fn not_before(
    hours: &Hours,
    (sender, has_consented): (PersonId, bool),
    now: Timestamp,
) -> Option<Timestamp> {
    let notice = Notice {
        sender: Some(sender),
        due: None,
        urgent: true,
        consented: has_consented,
        muted: false,
    };
    match decide(&notice, Profile::Live, hours, now) {
        Decision::Now => None,
        Decision::Batch(at) | Decision::Hold(at, _) => Some(at),
        Decision::Silent => Some(NEVER),
    }
}

/// Who has agreed to be woken here, apart from what they said in their hours.
pub(crate) struct Consents {
    by_place: Vec<PersonId>,
    on_call: HashSet<PersonId>,
}

impl Consents {
    pub fn of(
        tx: &mut dyn Tx,
        (channel, space): (ChannelId, Option<SpaceId>),
        called: &[Called],
    ) -> db::Result<Self> {
        let people: Vec<PersonId> = called.iter().map(|called| called.person).collect();
        let rota = match space {
            Some(space) => rotas::find(tx, space)?,
            None => None,
        };
        let agreed = rota.into_iter().flat_map(|rota| rota.members);
        Ok(Self {
            by_place: consents::list_among(tx, &people, (channel, space))?,
            on_call: agreed
                .filter(|(_, has_agreed)| *has_agreed)
                .map(|(person, _)| person)
                .collect(),
        })
    }

    /// Who is in the chain because they are on call has agreed to be called, as long as they are in the rota.
    pub fn includes(&self, called: &Called) -> bool {
        let is_on_call = called.via == UrgentVia::Rota && self.on_call.contains(&called.person);
        is_on_call || self.by_place.binary_search(&called.person).is_ok()
    }
}
