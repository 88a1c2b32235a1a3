//! What is written down of a program while it is looked at.

use std::collections::{BTreeMap, BTreeSet};

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, Expression, MemberExpression};
use oxc::semantic::NodeId;
use oxc::span::GetSpan;

use super::sources::Api;
use super::{Inspector, syntax};
use crate::contract::{ApiTarget, Key, PromiseUseKind};

/// A place that names the API.
pub(super) struct Use {
    /// Where the name is.
    pub(super) birth: NodeId,
    /// Where it is called, or else the same.
    pub(super) place: NodeId,
    /// Of the name.
    pub(super) offset: u32,
    pub(super) target: ApiTarget,
    pub(super) guarded: bool,
    /// The call, as an index.
    pub(super) call: Option<usize>,
}

/// The calls of tools.
#[derive(Default)]
pub(super) struct Calls<'a> {
    pub(super) facts: Vec<CallFacts<'a>>,
    pub(super) by_node: BTreeMap<NodeId, usize>,
}

impl<'a> Calls<'a> {
    pub(super) fn add(&mut self, node: NodeId, facts: CallFacts<'a>) {
        self.by_node.insert(node, self.facts.len());
        self.facts.push(facts);
    }

    pub(super) fn contains(&self, node: NodeId) -> bool {
        self.by_node.contains_key(&node)
    }
}

/// What was found of a call so far.
pub(super) struct CallFacts<'a> {
    /// The call expression.
    pub(super) node: NodeId,
    pub(super) arguments: Arguments<'a>,
    /// Whether it may be a call of something else.
    pub(super) is_unsure: bool,
    /// Whether the script copes with its failure.
    pub(super) is_coped_with: bool,
    pub(super) reads: Vec<Read>,
    /// Parts of the result that the script tests for.
    pub(super) tested: BTreeSet<Vec<Key>>,
    /// Parts of the result below which there may be something else: the script
    /// assigns there, or asks for their kind.
    pub(super) changed: BTreeSet<Vec<Key>>,
}

impl<'a> CallFacts<'a> {
    pub(super) fn new(node: NodeId, arguments: Arguments<'a>) -> Self {
        Self {
            node,
            arguments,
            is_unsure: false,
            is_coped_with: false,
            reads: Vec::new(),
            tested: BTreeSet::new(),
            changed: BTreeSet::new(),
        }
    }
}

/// The arguments of a call.
#[derive(Clone, Copy)]
pub(super) enum Arguments<'a> {
    None,
    One(&'a Expression<'a>),
    /// More than one, all but the first of which may be nothing.
    Several(&'a [Argument<'a>]),
    Unknown,
}

/// A property read from a result.
pub(super) struct Read {
    pub(super) node: NodeId,
    pub(super) offset: u32,
    pub(super) path: Vec<Key>,
    pub(super) guarded: bool,
    pub(super) called: bool,
}

/// A promise used as if it were its result.
pub(super) struct PromiseRead {
    pub(super) node: NodeId,
    pub(super) offset: u32,
    /// The call whose promise it is.
    pub(super) call: NodeId,
    pub(super) kind: PromiseUseKind,
}

/// An async function given to a method that does not wait for it.
pub(super) struct AsyncCall<'a> {
    pub(super) call: NodeId,
    pub(super) method: &'a str,
    /// Where it goes wrong.
    pub(super) offset: u32,
}

/// What the script tests for before it uses it.
#[derive(Default)]
pub(super) struct Guards {
    pub(super) servers: BTreeSet<String>,
    /// Servers whose tools it looks up.
    pub(super) tools_of: BTreeSet<String>,
    /// Whether it looks up the tools of any server.
    pub(super) any_tool: bool,
    /// Strings that it compares with something or looks for.
    pub(super) compared: BTreeSet<String>,
    /// Those among them that functions get.
    pub(super) sought: BTreeSet<String>,
    pub(super) targets: BTreeSet<ApiTarget>,
    /// Tools whose absence is tested for, but far from where they are named.
    pub(super) tested_far: BTreeSet<ApiTarget>,
    /// Properties that it assigns to anything.
    pub(super) assigned: BTreeSet<String>,
    /// Globals that it defines.
    pub(super) globals: BTreeSet<String>,
    /// Whether it may define any global.
    pub(super) any_global: bool,
    /// Calls whose promise it asks for what it is.
    pub(super) promises: BTreeSet<NodeId>,
    /// Texts of which a name may be a part.
    pub(super) patterns: BTreeSet<String>,
}

impl<'a> Inspector<'a, '_> {
    /// Notes a use without a call.
    pub(super) fn uses_target(&mut self, birth: NodeId, api: Api<'a>, guarded: bool) {
        let offset = self.name_offset(birth);
        self.uses.push(Use {
            birth,
            place: birth,
            offset,
            target: api.target(),
            guarded,
            call: None,
        });
    }

    /// Where the name is in a node that ends with one.
    pub(super) fn name_offset(&self, node: NodeId) -> u32 {
        match self.nodes.kind(node) {
            AstKind::StaticMemberExpression(member) => member.property.span.start,
            AstKind::ComputedMemberExpression(member) => member.expression.span().start,
            AstKind::BindingProperty(property) => property.key.span().start,
            AstKind::ChainExpression(chain) => chain
                .expression
                .member_expression()
                .and_then(MemberExpression::static_property_info)
                .map_or(chain.span.start, |(span, _)| span.start),
            kind => match syntax::wrapped_by(&kind) {
                Some(inner) => self.name_offset(inner.node_id()),
                None => kind.span().start,
            },
        }
    }
}
