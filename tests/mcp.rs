//! `toponym mcp`, asked by the client of the protocol's own library.

use crate::support::root;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::TokioChildProcess;
use rmcp::{ServiceError, ServiceExt};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::process::Command;

/// A client with a server of its own, and the schemas of the answers of its tools.
struct Client {
    service: RunningService<RoleClient, ()>,
    schemas: BTreeMap<String, jsonschema::Validator>,
}

impl Client {
    async fn start() -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("toponym"));
        command.arg("mcp").current_dir(root(""));
        let transport = TokioChildProcess::new(command).expect("the program starts");
        let service = ().serve(transport).await.expect("the two agree on a protocol");
        let tools = service.list_all_tools().await.expect("a list of tools");
        let schemas = tools.into_iter().map(|tool| {
            let schema = tool.output_schema.expect("every tool says what it answers");
            let schema = Value::Object((*schema).clone());
            (tool.name.into_owned(), jsonschema::validator_for(&schema).expect("a schema"))
        });
        let schemas = schemas.collect();
        Client { service, schemas }
    }

    async fn call(&self, tool: &str, arguments: &Value) -> Result<CallToolResult, ServiceError> {
        let arguments = arguments.as_object().expect("an object").clone();
        self.service.call_tool(CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments)).await
    }

    /// The answer of a tool, which its schema describes.
    async fn answer(&self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, &arguments).await.expect("an answer");
        assert_ne!(result.is_error, Some(true), "{tool} {arguments}: {:?}", result.content);
        let answer = result.structured_content.expect("structured content");
        self.schemas[tool].validate(&answer).unwrap_or_else(|error| panic!("{tool}: {error}: {answer}"));
        let text = result.content.first().and_then(|content| content.as_text()).expect("text for other clients");
        assert_eq!(serde_json::from_str::<Value>(&text.text).expect("JSON"), answer);
        answer
    }

    /// What a tool says that cannot answer.
    async fn refusal(&self, tool: &str, arguments: Value) -> String {
        match self.call(tool, &arguments).await {
            Ok(result) => {
                assert_eq!(result.is_error, Some(true), "{tool} {arguments}: {:?}", result.structured_content);
                result.content.first().and_then(|content| content.as_text()).expect("text").text.clone()
            }
            Err(error) => error.to_string(),
        }
    }
}

#[tokio::test]
async fn an_assistant_learns_what_the_tools_are() {
    let client = Client::start().await;
    let server = client.service.peer_info().expect("the server has said who it is");
    assert_eq!(server.server_info.as_ref().map(|info| info.name.as_str()), Some("toponym"));
    assert!(server.instructions.as_ref().is_some_and(|told| told.contains("nothing is sent anywhere")));
    let tools = client.service.list_all_tools().await.expect("a list");
    let mut names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["contains", "distance", "geoparse", "lookup", "near"]);
    for tool in &tools {
        let hints = tool.annotations.as_ref().expect("hints");
        assert_eq!((hints.read_only_hint, hints.open_world_hint), (Some(true), Some(false)), "{}", tool.name);
        for (name, schema) in tool.input_schema["properties"].as_object().expect("arguments") {
            assert!(schema["description"].is_string(), "{}: {name} is not described", tool.name);
        }
    }
    client.service.cancel().await.expect("the server ends with its client");
}

#[tokio::test]
async fn a_text_is_answered_with_its_places() {
    let client = Client::start().await;
    let text = "Shells fell 20 km north of Aleppo on Tuesday. Aleppo, Syria, was quiet. 🎈 So was Aleppo.";
    let found = client.answer("geoparse", json!({"text": text, "title": "Truce in Homs"})).await;
    let place = |name: &str| {
        let places = found["places"].as_array().expect("a list");
        places.iter().find(|place| place["name"] == name).unwrap_or_else(|| panic!("{name}: {found}")).clone()
    };
    let aleppo = place("Aleppo");
    assert_eq!((&aleppo["id"], &aleppo["country"]), (&json!("geonames:170063"), &json!("SY")));
    let mentions = aleppo["mentions"].as_array().expect("a list");
    assert_eq!(mentions.len(), 3, "a place is told once, with all its mentions: {aleppo}");
    for mention in mentions {
        let (start, end) = (mention["start"].as_u64().expect("a number"), mention["end"].as_u64().expect("a number"));
        let there: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(there, "Aleppo", "offsets count code points");
    }
    assert_eq!(place("Homs")["mentions"][0]["part"], "title");
    assert_eq!(found["focus"]["country"], "SY");
    let relative = &found["relative"][0];
    assert_eq!(relative["anchor_ids"], json!(["geonames:170063"]));
    assert!(relative["lat"].as_f64().expect("a number") > 36.3, "north of Aleppo: {relative}");
    assert!(found["attribution"].as_str().expect("text").contains("GeoNames"));
    let kept = client.answer("geoparse", json!({"text": text, "kinds": ["relative"]})).await;
    assert_eq!(
        (kept["places"].as_array().map(Vec::len), kept["relative"].as_array().map(Vec::len)),
        (Some(0), Some(1))
    );
    let focus = client.answer("geoparse", json!({"text": "It rained in Springfield.", "focus": "GB"})).await;
    assert_ne!(focus["places"][0]["country"], "US", "{focus}");
    let empty = client.answer("geoparse", json!({"text": ""})).await;
    assert_eq!((&empty["places"], &empty["focus"]), (&json!([]), &Value::Null));
}

#[tokio::test]
async fn places_are_looked_up_measured_and_put_into_each_other() {
    let client = Client::start().await;
    let found = client.answer("lookup", json!({"name": "Tripoli, Lebanon", "limit": 2})).await;
    assert_eq!((&found["places"][0]["country"], &found["places"][0]["match"]), (&json!("LB"), &json!("exact")));
    let near = client.answer("near", json!({"lat": 36.2, "lon": 37.16, "km": 20})).await;
    assert!(near["places"].as_array().expect("a list").iter().any(|place| place["name"] == "Aleppo"));
    let boxed = client.answer("near", json!({"bbox": "36,35,38,37", "limit": 5})).await;
    assert_eq!(boxed["places"].as_array().map(Vec::len), Some(5));
    for (container, place, contains) in [
        ("Syria", "Aleppo", json!(true)),
        ("Texas", "Paris, Texas", json!(true)),
        ("Texas", "Paris, France", json!(false)),
        ("Lebanon", "geonames:170063", json!(false)),
        ("Aleppo", "Sheikh Maqsoud", json!(true)),
        ("Aleppo", "Syria", json!(false)),
        ("Syria", "Syria", json!(false)),
        ("Bavaria", "Bremen, Germany", json!(false)),
        ("Middle East", "Aleppo", Value::Null),
    ] {
        let told = client.answer("contains", json!({"container": container, "place": place})).await;
        assert_eq!(told["contains"], contains, "{container} {place}: {told}");
    }
    let far = client.answer("distance", json!({"from": "Aleppo", "to": "Damascus"})).await;
    let km = far["km"].as_f64().expect("a number");
    assert!((300.0..320.0).contains(&km) && far["direction"] == "S", "{far}");
    // The quarter of a great circle, and nowhere to go.
    let quarter = client.answer("distance", json!({"from": "0,0", "to": "0,90"})).await;
    assert_eq!(
        (&quarter["km"], &quarter["bearing"], &quarter["from"]),
        (&json!(10007.557), &json!(90.0), &Value::Null)
    );
    let nowhere = client.answer("distance", json!({"from": "36.2,37.16", "to": "36.2,37.16"})).await;
    assert_eq!((&nowhere["km"], &nowhere["direction"]), (&json!(0.0), &Value::Null));
}

#[tokio::test]
async fn what_is_wrong_says_what_to_do_and_the_server_goes_on() {
    let client = Client::start().await;
    for (tool, arguments, says) in [
        ("geoparse", json!({"text": "x", "kinds": ["town"]}), "demonym"),
        ("geoparse", json!({"text": "x", "focus": "9"}), "a country's code"),
        ("geoparse", json!({"text": "x", "min_confidence": 7}), "from 0 to 1"),
        ("geoparse", json!({"txt": "x"}), "text"),
        ("lookup", json!({"name": " "}), "1 to 100 characters"),
        ("lookup", json!({"name": "Ulm", "limit": 0}), "from 1 to 100"),
        ("near", json!({"lat": 91, "lon": 0}), "-90 to 90"),
        ("near", json!({}), "give lat and lon"),
        ("contains", json!({"container": "Qqqqzzzz", "place": "Ulm"}), "container: no place"),
        ("distance", json!({"from": "Ulm", "to": ""}), "to: give an id"),
        ("nothing", json!({}), "not found"),
    ] {
        let told = client.refusal(tool, arguments).await;
        assert!(told.contains(says), "{tool}: {told}");
    }
    assert_eq!(client.answer("lookup", json!({"name": "Ulm"})).await["places"][0]["country"], "DE");
}

#[test]
fn a_client_that_goes_away_or_talks_nonsense_ends_the_server() {
    let run = |input: &str| crate::support::toponym().arg("mcp").write_stdin(input.to_owned()).output().expect("run");
    let away = run("");
    assert!(away.status.success() && away.stdout.is_empty(), "{}", String::from_utf8_lossy(&away.stderr));
    let call =
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"lookup","arguments":{"name":"Ulm"}}}"#;
    for input in ["GET / HTTP/1.1\r\n\r\n", "{\"id\": 1}\n", call] {
        let output = run(input);
        assert!(output.status.code().is_some_and(|code| code < 2), "{input}: it crashed");
    }
}
