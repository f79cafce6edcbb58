use crate::{ElementKind, Header, LeakPlace, Network};

/// Does the same with every list of a network, nodes first.
macro_rules! every_list {
    ($do:ident) => {
        $do!(nodes Node);
        $do!(pipes Pipe);
        $do!(short_pipes ShortPipe);
        $do!(resistors Resistor);
        $do!(valves Valve);
        $do!(check_valves CheckValve);
        $do!(control_valves ControlValve);
        $do!(compressor_stations CompressorStation);
        $do!(supplies Supply);
        $do!(off_takes OffTake);
        $do!(leaks Leak);
    };
}

/// A connection between two nodes.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'n> {
    /// Kind.
    pub kind: ElementKind,
    /// Index among those of its kind.
    pub index: usize,
    /// Identity and status.
    pub header: &'n Header,
    /// First node.
    pub from: &'n str,
    /// Second node.
    pub to: &'n str,
}

impl Network {
    /// Calls `visit` with kind, index and header of every element, nodes first.
    pub fn for_each_header<'n>(&'n self, mut visit: impl FnMut(ElementKind, usize, &'n Header)) {
        macro_rules! headers {
            ($list:ident $kind:ident) => {
                for (index, element) in self.$list.iter().enumerate() {
                    visit(ElementKind::$kind, index, &element.header);
                }
            };
        }
        every_list!(headers);
    }

    /// Calls `change` with the header of every element, nodes first.
    pub fn for_each_header_mut(&mut self, mut change: impl FnMut(&mut Header)) {
        macro_rules! headers {
            ($list:ident $kind:ident) => {
                for element in &mut self.$list {
                    change(&mut element.header);
                }
            };
        }
        every_list!(headers);
    }

    /// Everything that connects two nodes.
    pub fn edges(&self) -> Vec<Edge<'_>> {
        let mut edges = Vec::new();
        macro_rules! ends {
            ($list:ident $kind:ident) => {
                edges.extend(self.$list.iter().enumerate().map(|(index, e)| Edge {
                    kind: ElementKind::$kind,
                    index,
                    header: &e.header,
                    from: &e.from,
                    to: &e.to,
                }));
            };
        }
        ends!(pipes Pipe);
        ends!(short_pipes ShortPipe);
        ends!(resistors Resistor);
        ends!(valves Valve);
        ends!(check_valves CheckValve);
        ends!(control_valves ControlValve);
        ends!(compressor_stations CompressorStation);
        edges
    }

    /// Calls `visit` with kind, index, header, key and node of every mention of a node.
    pub fn for_each_end<'n>(
        &'n self,
        mut visit: impl FnMut(ElementKind, usize, &'n Header, &'static str, &'n str),
    ) {
        for edge in self.edges() {
            visit(edge.kind, edge.index, edge.header, "from", edge.from);
            visit(edge.kind, edge.index, edge.header, "to", edge.to);
        }
        for (index, supply) in self.supplies.iter().enumerate() {
            visit(
                ElementKind::Supply,
                index,
                &supply.header,
                "node",
                &supply.node,
            );
        }
        for (index, off_take) in self.off_takes.iter().enumerate() {
            visit(
                ElementKind::OffTake,
                index,
                &off_take.header,
                "node",
                &off_take.node,
            );
        }
        for (index, leak) in self.leaks.iter().enumerate() {
            if let LeakPlace::Node { id } = &leak.place {
                visit(ElementKind::Leak, index, &leak.header, "node", id);
            }
        }
    }
}
