//! Reads the further questions of a service.

use std::collections::BTreeSet;

use super::catalogue::{Attribute, AttributeValue, Datatype};
use super::keys::Keys;
use super::localised::Localised;
use super::table::Table;

/// Every `[[service.attribute]]`, in the order of the form.
pub(super) fn read_all(service: &Table<'_>, languages: &[String]) -> Vec<Attribute> {
    let mut codes = Keys::new("attribute", "the service");
    let mut orders = BTreeSet::new();
    let tables = service.tables("attribute");
    let mut attributes: Vec<Attribute> =
        tables.iter().filter_map(|table| read(table, &mut codes, &mut orders, languages)).collect();
    attributes.sort_by_key(|attribute| attribute.order);
    attributes
}

fn read(
    table: &Table<'_>,
    codes: &mut Keys,
    orders: &mut BTreeSet<u16>,
    languages: &[String],
) -> Option<Attribute> {
    let code = codes.define(table, "code");
    let datatype = table.choice("datatype", &Datatype::ALL.map(|datatype| (datatype.as_str(), datatype)));
    let required = table.flag("required");
    let order = table.integer("order", 1, 99);
    if let Some(order) = order.as_ref().filter(|order| !orders.insert(*order.get_ref())) {
        table.fault(
            order,
            format!("`order` {} is taken by another attribute of this service", order.get_ref()),
        );
    }
    let description = Localised::read(table, "description", languages);
    let values = values(table, datatype, languages);
    table.finish();
    Some(Attribute {
        code: code?,
        datatype: datatype?,
        required: required?,
        order: order?.into_inner(),
        description: description?,
        values,
    })
}

fn values(table: &Table<'_>, datatype: Option<Datatype>, languages: &[String]) -> Vec<AttributeValue> {
    let tables = table.tables("values");
    if let Some(datatype) = datatype.filter(|datatype| datatype.is_list() == tables.is_empty()) {
        let reason = match datatype.is_list() {
            true => {
                format!("an attribute of the datatype {} needs `values` to choose from", datatype.as_str())
            }
            false => format!("an attribute of the datatype {} has no `values`", datatype.as_str()),
        };
        table.sheet.fault_at(table.start, reason);
    }
    let mut keys = Keys::new("value", "the attribute");
    tables.iter().filter_map(|value| self::value(value, &mut keys, languages)).collect()
}

fn value(table: &Table<'_>, keys: &mut Keys, languages: &[String]) -> Option<AttributeValue> {
    let key = keys.define(table, "key");
    let name = Localised::read(table, "name", languages);
    table.finish();
    Some(AttributeValue { key: key?, name: name? })
}
