//! The order in which gas passes elements: each comes after all that it takes gas from.

use super::Passage;
use crate::model::Model;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    Node(usize),
    Pipe(usize),
    Link(usize),
}

/// The order, and what it is made with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    pub items: Vec<Item>,
    /// Whether gas goes in circles, so that an order exists only when they are cut somewhere.
    pub circles: bool,
    waits_of_nodes: Vec<usize>,
    waits_of_pipes: Vec<usize>,
    at_node: Vec<Vec<Item>>,
    done: Vec<bool>,
    /// Nodes of each pipe.
    pub ends: Vec<[usize; 2]>,
}

impl Order {
    pub(crate) fn new(model: &Model) -> Self {
        let mut at_node = vec![Vec::new(); model.nodes.len()];
        for (i, pipe) in model.pipes.iter().enumerate() {
            for node in pipe.nodes {
                at_node[node].push(Item::Pipe(i));
            }
        }
        for (i, link) in model.links.iter().enumerate() {
            for node in link.nodes {
                at_node[node].push(Item::Link(i));
            }
        }
        Self {
            waits_of_nodes: vec![0; model.nodes.len()],
            waits_of_pipes: vec![0; model.pipes.len()],
            done: vec![false; model.nodes.len()],
            ends: model.pipes.iter().map(|p| p.nodes).collect(),
            at_node,
            ..Self::default()
        }
    }

    /// Finds the order for what passes.
    pub(crate) fn find(&mut self, model: &Model, passage: &Passage) {
        self.items.clear();
        self.circles = false;
        self.count(model, passage);
        for pipe in 0..model.pipes.len() {
            if self.waits_of_pipes[pipe] == 0 {
                self.pipe(model, passage, pipe);
            }
        }
        let mut next = 0;
        for node in 0..model.nodes.len() {
            if self.waits_of_nodes[node] == 0 {
                self.node(node);
            }
            self.follow(model, passage, &mut next);
        }
        // What is left goes in circles.
        for node in 0..model.nodes.len() {
            if !self.done[node] {
                self.circles = true;
                self.node(node);
                self.follow(model, passage, &mut next);
            }
        }
    }

    fn count(&mut self, model: &Model, passage: &Passage) {
        self.done.fill(false);
        self.waits_of_nodes.fill(0);
        for (i, pipe) in model.pipes.iter().enumerate() {
            let inward = passage.inward(i);
            self.waits_of_pipes[i] = inward.iter().filter(|q| **q > 0.0).count();
            for (node, q) in pipe.nodes.into_iter().zip(inward) {
                self.waits_of_nodes[node] += usize::from(q < 0.0);
            }
        }
        for (link, &q) in model.links.iter().zip(&passage.links) {
            if q != 0.0 {
                self.waits_of_nodes[link.nodes[usize::from(q > 0.0)]] += 1;
            }
        }
    }

    /// Goes on from the nodes that were added.
    fn follow(&mut self, model: &Model, passage: &Passage, next: &mut usize) {
        while *next < self.items.len() {
            let item = self.items[*next];
            *next += 1;
            if let Item::Node(node) = item {
                for k in 0..self.at_node[node].len() {
                    match self.at_node[node][k] {
                        Item::Pipe(pipe) => self.enter(model, passage, pipe, node),
                        Item::Link(link) => self.link(model, passage, link, node),
                        Item::Node(_) => {}
                    }
                }
            }
        }
    }

    fn enter(&mut self, model: &Model, passage: &Passage, pipe: usize, node: usize) {
        let inward = passage.inward(pipe);
        let ends = model.pipes[pipe].nodes.into_iter().zip(inward);
        let entered = ends.filter(|&(n, q)| n == node && q > 0.0).count();
        // A pipe whose two ends are one node is met twice.
        let twice = usize::from(model.pipes[pipe].nodes == [node; 2]);
        let entered = entered.saturating_sub(twice * entered / 2);
        if entered > 0 && self.waits_of_pipes[pipe] > 0 {
            self.waits_of_pipes[pipe] -= entered.min(self.waits_of_pipes[pipe]);
            if self.waits_of_pipes[pipe] == 0 {
                self.pipe(model, passage, pipe);
            }
        }
    }

    fn link(&mut self, model: &Model, passage: &Passage, link: usize, node: usize) {
        let (q, nodes) = (passage.links[link], model.links[link].nodes);
        let (from, to) = if q > 0.0 {
            (nodes[0], nodes[1])
        } else {
            (nodes[1], nodes[0])
        };
        if q != 0.0 && from == node {
            self.items.push(Item::Link(link));
            self.arrive(to);
        }
    }

    fn pipe(&mut self, model: &Model, passage: &Passage, pipe: usize) {
        self.items.push(Item::Pipe(pipe));
        for (node, q) in model.pipes[pipe]
            .nodes
            .into_iter()
            .zip(passage.inward(pipe))
        {
            if q < 0.0 {
                self.arrive(node);
            }
        }
    }

    fn arrive(&mut self, node: usize) {
        self.waits_of_nodes[node] = self.waits_of_nodes[node].saturating_sub(1);
        if self.waits_of_nodes[node] == 0 {
            self.node(node);
        }
    }

    fn node(&mut self, node: usize) {
        if !std::mem::replace(&mut self.done[node], true) {
            self.items.push(Item::Node(node));
        }
    }
}
