//! The REST API as an OpenAPI 3.1 document, read off the handlers themselves.
//!
//! Invariant: what a handler takes and gives is what its signature says ([`Documented`] is implemented for functions, by
//! the types of their arguments and answers), so the document cannot say anything else than the code. By hand is only what
//! no type says: one sentence per route. Does not know any route; it gets the list.

use crate::{
    app::App,
    feature::{Door, Feature, Route, Scope},
    http::{
        ClientAddress,
        extract::{Json, Path, Query},
        problem::{Problem, ProblemType},
    },
};
use axum::{
    body::Body,
    extract::{State, rejection::BytesRejection},
    response::{AppendHeaders, IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, marker::PhantomData};

/// Where the document keeps its types.
const DEFINITIONS: &str = "/components/schemas";

/// The types of the wire, as they are read and as they are written.
pub struct Schemas {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = || {
            let mut settings = SchemaSettings::draft2020_12();
            settings.definitions_path = DEFINITIONS.into();
            settings.meta_schema = None;
            settings
        };
        Self {
            taken: settings().for_deserialize().into_generator(),
            given: settings().for_serialize().into_generator(),
        }
    }
}

impl Schemas {
    /// All definitions. A type that is both read and written must look the same both ways.
    fn into_definitions(mut self) -> Map<String, Value> {
        let mut all = self.given.take_definitions(true);
        for (name, schema) in self.taken.take_definitions(true) {
            match all.get(&name) {
                Some(given) if *given != schema => {
                    all.insert(format!("{name}Taken"), schema);
                }
                _ => {
                    all.insert(name, schema);
                }
            }
        }
        all
    }
}

/// What one route takes and gives.
#[derive(Default)]
pub struct Operation {
    query: Vec<Value>,
    body: Option<Value>,
    answers: BTreeMap<u16, Value>,
    is_plain: bool,
}

/// Something that a handler is given.
pub trait Takes {
    /// Writes down what a client has to send for it.
    fn describe(operation: &mut Operation, schemas: &mut Schemas);
}

/// Something that a handler answers with.
pub trait Gives {
    /// Writes down what a client gets.
    fn describe(operation: &mut Operation, schemas: &mut Schemas);
}

/// A handler whose signature can be read.
pub trait Documented<Args> {
    /// Writes down everything about it.
    fn describe(operation: &mut Operation, schemas: &mut Schemas);
}

macro_rules! handlers {
    ($(($($arg:ident),*)),*) => {$(
        impl<F, Fut, R, $($arg,)*> Documented<($($arg,)*)> for F
        where
            F: Fn($($arg),*) -> Fut,
            Fut: Future<Output = R>,
            R: Gives,
            $($arg: Takes,)*
        {
            fn describe(operation: &mut Operation, schemas: &mut Schemas) {
                $($arg::describe(operation, schemas);)*
                R::describe(operation, schemas);
            }
        }
    )*};
}
handlers!(
    (A),
    (A, B),
    (A, B, C),
    (A, B, C, D),
    (A, B, C, D, E),
    (A, B, C, D, E, G)
);

/// Extractors that ask nothing of the client that the door does not ask already.
macro_rules! asks_nothing {
    ($($name:ty),*) => {$(
        impl Takes for $name {
            fn describe(_: &mut Operation, _: &mut Schemas) {}
        }
    )*};
}
asks_nothing!(State<App>, HeaderMap, ClientAddress, Method);

/// The parameters of the path stand in the path.
impl<T> Takes for Path<T> {
    fn describe(_: &mut Operation, _: &mut Schemas) {}
}

impl<T: JsonSchema> Takes for Json<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let schema = schemas.taken.subschema_for::<T>();
        operation.body =
            Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } }));
    }
}

impl<T: JsonSchema> Takes for Query<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        let schema = T::json_schema(&mut schemas.taken);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let fields = schema.get("properties").and_then(Value::as_object);
        for (name, field) in fields.into_iter().flatten() {
            operation.query.push(json!({
                "name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": without_null(field),
            }));
        }
    }
}

/// A query has no way to say null: what may be absent is left out.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(kinds) = schema["type"].as_array() {
        let kinds: Vec<Value> = kinds.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["type"] = if kinds.len() == 1 {
            kinds[0].clone()
        } else {
            kinds.into()
        };
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let choices: Vec<Value> = choices
            .iter()
            .filter(|one| one["type"] != "null")
            .cloned()
            .collect();
        if let [one] = choices.as_slice() {
            return one.clone();
        }
    }
    schema
}

impl Takes for Result<Bytes, BytesRejection> {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.body = Some(json!({ "required": true, "content": { "*/*": {} } }));
    }
}

/// A handler that answers a wrong one in its own way.
impl<T: Takes> Takes for Result<T, Problem> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        T::describe(operation, schemas);
    }
}

/// Bytes that are taken as they come.
impl Takes for Body {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.body = Some(json!({ "required": true, "content": { "*/*": {} } }));
    }
}

impl<T: Gives> Gives for Result<T, Problem> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        T::describe(operation, schemas);
    }
}

fn answer<T: JsonSchema>(operation: &mut Operation, schemas: &mut Schemas, status: u16) {
    let schema = schemas.given.subschema_for::<T>();
    let content = json!({ "application/json": { "schema": schema } });
    operation.answers.insert(status, content);
}

impl<T: JsonSchema> Gives for Json<T> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        answer::<T>(operation, schemas, 200);
    }
}

/// A status in front of a body says that something was made, or that it was there already.
impl<T: JsonSchema> Gives for (StatusCode, Json<T>) {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        answer::<T>(operation, schemas, 201);
    }
}

impl Gives for StatusCode {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(204, Value::Null);
    }
}

impl<H, T: Gives> Gives for (AppendHeaders<H>, T) {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        T::describe(operation, schemas);
    }
}

impl<H> Gives for (StatusCode, AppendHeaders<H>) {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(204, Value::Null);
    }
}

/// A response that was put together by hand and holds a `T`.
pub struct Answered<T, const STATUS: u16 = 200>(Response, PhantomData<fn() -> T>);

impl<T, const STATUS: u16> Answered<T, STATUS> {
    /// The caller says what is inside.
    pub fn new(response: Response) -> Self {
        Self(response, PhantomData)
    }
}

impl<T, const STATUS: u16> IntoResponse for Answered<T, STATUS> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<T: JsonSchema, const STATUS: u16> Gives for Answered<T, STATUS> {
    fn describe(operation: &mut Operation, schemas: &mut Schemas) {
        answer::<T>(operation, schemas, STATUS);
    }
}

/// A response that says everything with its status and headers.
pub struct Bare<const STATUS: u16>(pub Response);

impl<const STATUS: u16> IntoResponse for Bare<STATUS> {
    fn into_response(self) -> Response {
        self.0
    }
}

impl<const STATUS: u16> Gives for Bare<STATUS> {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(STATUS, Value::Null);
    }
}

/// Bytes of some media type.
pub struct Raw(pub Response);

impl IntoResponse for Raw {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Gives for Raw {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(200, json!({ "*/*": {} }));
    }
}

/// Plain words, of a refusal too: for senders that were made for another server.
pub struct PlainText(pub Response);

impl IntoResponse for PlainText {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Gives for PlainText {
    fn describe(operation: &mut Operation, _: &mut Schemas) {
        operation.answers.insert(200, plain_content());
        operation.is_plain = true;
    }
}

fn plain_content() -> Value {
    json!({ "text/plain": { "schema": { "type": "string" } } })
}

/// What the document says besides its routes.
pub struct About<'a> {
    /// The title of the document.
    pub title: &'a str,
    /// Some sentences in CommonMark.
    pub description: &'a str,
    /// Of the server.
    pub version: &'a str,
    /// All that may be answered.
    pub problems: &'a [&'static ProblemType],
    /// Scopes that a token can have, with what they are for.
    pub scopes: &'a [(&'static str, &'static str)],
}

/// The whole document.
pub fn document(features: &[Feature], about: &About<'_>) -> Value {
    let mut schemas = Schemas::default();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for feature in features {
        for route in &feature.routes {
            let operation = operation(feature.name, route, about, &mut schemas);
            let method = route.method.as_str().to_ascii_lowercase();
            paths.entry(route.path).or_default().insert(method, operation);
        }
    }
    let mut definitions = schemas.into_definitions();
    definitions.insert("Problem".to_owned(), problem_schema(about.problems));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": about.title, "version": about.version, "description": about.description,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": problem_responses(about.problems),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": scopes_in_words(about.scopes) },
            },
        },
    })
}

fn operation(feature: &str, route: &Route, about: &About<'_>, schemas: &mut Schemas) -> Value {
    let mut found = Operation::default();
    if let Some(describe) = route.describe {
        describe(&mut found, schemas);
    }
    let mut parameters = path_parameters(route.path);
    parameters.append(&mut found.query);
    let mut document = json!({
        "tags": [feature],
        "operationId": operation_id(route),
        "summary": route.summary,
        "parameters": parameters,
        "responses": responses(route, found.answers, about.problems, found.is_plain),
    });
    if let Some(body) = found.body {
        document["requestBody"] = body;
    }
    match route.needed_scope() {
        None => document["security"] = json!([]),
        Some(scope) => {
            document["security"] = json!([{ "token": [] }]);
            document["x-scope"] = scope.0.into();
        }
    }
    document
}

/// `post_channels_channel_messages`: unique, because method and path are.
fn operation_id(route: &Route) -> String {
    let words: Vec<&str> = route
        .path
        .split(['/', '{', '}', '.'])
        .filter(|word| !word.is_empty() && *word != "api")
        .collect();
    format!(
        "{}_{}",
        route.method.as_str().to_ascii_lowercase(),
        words.join("_")
    )
}

/// Names of parameters that are no ids.
const TEXTS: [&str; 4] = ["emoji", "token", "secret", "hash"];

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let schema = match TEXTS.contains(&name) {
                true => json!({ "type": "string", "minLength": 1 }),
                false => json!({ "type": "string", "format": "uuid" }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect()
}

fn responses(
    route: &Route,
    answers: BTreeMap<u16, Value>,
    problems: &[&ProblemType],
    is_plain: bool,
) -> Map<String, Value> {
    let mut all = Map::new();
    let also = route
        .also
        .and_then(|status| Some((status, answers.values().next()?.clone())));
    for (status, content) in answers.into_iter().chain(also) {
        let mut response = json!({ "description": word_of(status) });
        if !content.is_null() {
            response["content"] = content;
        }
        all.insert(status.to_string(), response);
    }
    for status in problem_statuses(problems) {
        if is_plain {
            let mut content = plain_content();
            content["application/problem+json"] =
                json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
            let response = json!({ "description": "It was refused.", "content": content });
            all.insert(status.to_string(), response);
        } else if may_answer(route, status) {
            all.insert(
                status.to_string(),
                json!({ "$ref": format!("#/components/responses/Problem{status}") }),
            );
        }
    }
    all
}

fn word_of(status: u16) -> &'static str {
    match status {
        200 => "It is there.",
        201 => "It was made.",
        204 => "It was done.",
        _ => "It was answered.",
    }
}

/// Which refusals a route can meet at all.
fn may_answer(route: &Route, status: u16) -> bool {
    let changes = route.method != Method::GET;
    match status {
        // A body or a query that cannot be read.
        400 | 422 => true,
        401 => route.door != Door::Public || changes,
        403 => true,
        404 => true,
        409 | 413 | 415 | 507 => changes,
        405 => false,
        _ => true,
    }
}

fn problem_statuses(problems: &[&ProblemType]) -> Vec<u16> {
    let mut statuses: Vec<u16> = problems.iter().map(|problem| problem.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

fn problem_responses(problems: &[&ProblemType]) -> Map<String, Value> {
    let mut all = Map::new();
    for status in problem_statuses(problems) {
        let kinds: Vec<&&ProblemType> = problems
            .iter()
            .filter(|problem| problem.status == status)
            .collect();
        let words: Vec<String> = kinds
            .iter()
            .map(|problem| format!("`/problems/{}`: {}.", problem.slug, problem.title))
            .collect();
        let response = json!({
            "description": words.join(" "),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        all.insert(format!("Problem{status}"), response);
    }
    all
}

fn problem_schema(problems: &[&ProblemType]) -> Value {
    let kinds: Vec<String> = problems
        .iter()
        .map(|problem| format!("/problems/{}", problem.slug))
        .collect();
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457). Programs decide by `type`; the rest is for people.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "enum": kinds },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "instance": { "type": "string", "format": "uuid" },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": { "pointer": { "type": "string" }, "detail": { "type": "string" } },
                },
            },
        },
    })
}

fn scopes_in_words(scopes: &[(&str, &str)]) -> String {
    let lines: Vec<String> = scopes
        .iter()
        .map(|(name, what)| format!("- `{name}`: {what}"))
        .collect();
    format!(
        "A token of a program. `x-scope` of a route says what it must be good for; a part such as `messages:read` is \
         covered by `read` too. `{}`: any token; `{}`: none, only a person who signed in.\n\n{}",
        Scope::ANY.0,
        Scope::PERSON.0,
        lines.join("\n")
    )
}
