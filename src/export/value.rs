//! Values of fields.

use serde::{Serialize, Serializer};

/// The value of one field of one feature.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Not known, or not applicable.
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Boolean(bool),
}

/// The type of the values of a field that are not null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Yes or no.
    Boolean,
    /// Days or moments, as text in ISO 8601.
    DateTime,
}

impl Type {
    /// The name of the type in docs/OUTPUT.md.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Integer => "integer",
            Type::Real => "real",
            Type::Boolean => "boolean",
            Type::DateTime => "date-time",
        }
    }
}

impl Value {
    /// The value as text, for formats that have nothing else; `None` for null.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::Null => None,
            Value::Text(text) => Some(text.clone()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Real(number) => Some(number.to_string()),
            Value::Boolean(yes) => Some(yes.to_string()),
        }
    }

    /// A probability, rounded to three decimals.
    pub fn probability(probability: f64) -> Self {
        Value::Real((probability * 1000.0).round() / 1000.0)
    }

    /// A distance in kilometres, rounded up to metres.
    pub fn kilometres(kilometres: f64) -> Self {
        Value::Real(round_up_to_metres(kilometres))
    }

    /// A text; null if it is empty.
    pub fn filled(text: &str) -> Self {
        if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
    }
}

/// A distance in kilometres, rounded up to metres, so that a bound stays one.
pub fn round_up_to_metres(kilometres: f64) -> f64 {
    // What is whole metres already, but for the error of floating point, stays.
    (kilometres * 1000.0 - 1e-6).ceil() / 1000.0
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => to.serialize_none(),
            Value::Text(text) => to.serialize_str(text),
            Value::Integer(number) => to.serialize_i64(*number),
            Value::Real(number) => to.serialize_f64(*number),
            Value::Boolean(yes) => to.serialize_bool(*yes),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Integer(i64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Real(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Value::Boolean(yes)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
